/** `resource`: the five routes of a plain entity, as a declaration. */
import type { ChangeWorkflow } from '../workflow/change.ts'
import type { ListOptions } from './list-query.ts'
import type { Representation } from './representation.ts'
import { createRouter, type Router, z } from './router.ts'
import { creates, deletes, lists, retrieves, updates } from './routes.ts'

export interface ResourceOptions {
  /** Envelopes say `one` as the entity is called, and `many` with an s, where they are left out. */
  representation: Omit<Representation, 'one' | 'many'> & Partial<Pick<Representation, 'one' | 'many'>>
  path: string
  /** What the answer to a deletion calls it; the representation's name where it is left out. */
  object?: string
  /** What a list can be filtered by, besides `id`; its page and order. */
  list?: ListOptions
  /** The fields of the bodies: those that are not optional have to be in that of a new one, none has to in that of a change. */
  body?: z.ZodRawShape
  /** A body that is another. */
  create?: z.ZodType
  update?: z.ZodType
  workflows?: {
    /** Takes `{ <many>: [body] }`, answers with the rows. */
    create?: ChangeWorkflow
    /** Takes `{ <many>: [{ ...body, id }] }`. */
    update?: ChangeWorkflow
    /** Takes `{ ids }`. */
    delete?: ChangeWorkflow
  }
}

/** List and retrieve, and create, update and delete as far as it has workflows; further routes can be added to the router. */
export function resource({ path, object, list, body, workflows = {}, ...given }: ResourceOptions): Router {
  const router = createRouter()
  const representation: Representation = {
    one: given.representation.entity,
    many: `${given.representation.entity}s`,
    ...given.representation,
  }
  const { create, update } = { ...(body && bodiesOf(representation, body)), ...given }
  const one = `${path}/{id}`
  lists(router, representation, { path, ...list })
  retrieves(router, representation, { path: one })
  if (create && workflows.create) creates(router, representation, { path, body: create, workflow: workflows.create })
  if (update && workflows.update)
    updates(router, representation, { path: one, body: update, workflow: workflows.update })
  if (workflows.delete)
    deletes(router, representation, { path: one, workflow: workflows.delete, ...(object && { object }) })
  return router
}

function bodiesOf(representation: Representation, shape: z.ZodRawShape) {
  const name = representation.one.replace(/(?:^|_)(\w)/g, (_, letter: string) => letter.toUpperCase())
  const fields = z.strictObject(shape)
  return { create: fields.openapi(`New${name}`), update: fields.partial().openapi(`${name}Change`) }
}
