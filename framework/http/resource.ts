/** `resource`: the five routes of a plain entity, as a declaration. */
import type { ChangeWorkflow } from '../workflow/change.ts'
import type { ListOptions } from './list-query.ts'
import { createRouter, type Router, z } from './router.ts'
import { creates, deletes, lists, retrieves, updates } from './routes.ts'
import type { View } from './view.ts'

export interface ResourceOptions {
  /** Envelopes say `one` as the entity is called, and `many` with an s, where they are left out. */
  view: Omit<View, 'one' | 'many'> & Partial<Pick<View, 'one' | 'many'>>
  path: string
  /** What the answer to a deletion calls it; the view's name where it is left out. */
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
  const view: View = { one: given.view.entity, many: `${given.view.entity}s`, ...given.view }
  const { create, update } = { ...(body && bodiesOf(view, body)), ...given }
  const one = `${path}/{id}`
  lists(router, view, { path, ...list })
  retrieves(router, view, { path: one })
  if (create && workflows.create) creates(router, view, { path, body: create, workflow: workflows.create })
  if (update && workflows.update) updates(router, view, { path: one, body: update, workflow: workflows.update })
  if (workflows.delete) deletes(router, view, { path: one, workflow: workflows.delete, ...(object && { object }) })
  return router
}

function bodiesOf(view: View, shape: z.ZodRawShape) {
  const name = view.one.replace(/(?:^|_)(\w)/g, (_, letter: string) => letter.toUpperCase())
  const fields = z.strictObject(shape)
  return { create: fields.openapi(`New${name}`), update: fields.partial().openapi(`${name}Change`) }
}
