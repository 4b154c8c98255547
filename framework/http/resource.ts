/** `resource`: the five routes of a plain entity, as a declaration. */
import type { ChangeWorkflow } from '../workflow/change.ts'
import type { Fits } from './fits.ts'
import type { ListRouteOptions } from './list-query.ts'
import type { Representation } from './representation.ts'
import { createRouter, type Router, z } from './router.ts'
import { type CreateWorkflow, creates, type DeleteWorkflow, deletes, lists, retrieves, updates } from './routes.ts'

export interface ResourceOptions<
  S extends z.ZodRawShape,
  C extends z.ZodType,
  U extends z.ZodType,
  WC extends CreateWorkflow,
  WU extends ChangeWorkflow,
> {
  /** In envelopes; default: `one` is the entity's name, `many` the same with an s. */
  representation: Omit<Representation, 'one' | 'many'> & Partial<Pick<Representation, 'one' | 'many'>>
  path: string
  /** What the answer to a deletion calls it; default: the representation's name. */
  object?: string
  /** What a list can be filtered by, besides `id`; its page and order. */
  list?: ListRouteOptions
  /** The fields of the bodies: a new one must have those that are not optional, a change need have none. */
  body?: S
  /** The body of a new one, if it is not `body`. */
  create?: C
  /** The body of a change, if it is not `body`. */
  update?: U
  workflows?: {
    /** Takes `{ <many>: [body] }`, answers with the rows. */
    create?: WC & Fits<WC, [C] extends [never] ? BodyOf<S> : z.output<C>>
    /** Takes `{ <many>: [{ ...body, id }] }`. */
    update?: WU & Fits<WU, ([U] extends [never] ? Partial<BodyOf<S>> : z.output<U>) & { id: string }>
    /** Takes `{ ids }`. */
    delete?: DeleteWorkflow<{ ids: string[] }>
  }
}

interface Bodies {
  create?: z.ZodType
  update?: z.ZodType
}

/** Compared with the bodies where the resource is declared. */
interface Workflows {
  create?: CreateWorkflow
  update?: ChangeWorkflow
  delete?: DeleteWorkflow<{ ids: string[] }>
}

type BodyOf<S extends z.ZodRawShape> = z.output<z.ZodObject<S>>

/** List and retrieve, and create, update and delete as far as it has workflows; further routes can be added to the router. */
export function resource<
  S extends z.ZodRawShape = never,
  C extends z.ZodType = never,
  U extends z.ZodType = never,
  WC extends CreateWorkflow = CreateWorkflow,
  WU extends ChangeWorkflow = ChangeWorkflow,
>({ path, object, list, body, workflows = {}, ...given }: ResourceOptions<S, C, U, WC, WU>): Router {
  const router = createRouter()
  const representation: Representation = {
    one: given.representation.entity,
    many: `${given.representation.entity}s`,
    ...given.representation,
  }
  const { create, update }: Bodies = { ...(body && bodiesOf(representation, body)), ...given }
  const one = `${path}/{id}`
  lists(router, representation, { path, ...list })
  retrieves(router, representation, { path: one })
  const to: Workflows = workflows
  if (create && to.create) creates(router, representation, { path, body: create, workflow: to.create })
  if (update && to.update) updates(router, representation, { path: one, body: update, workflow: to.update })
  if (to.delete) deletes(router, representation, { path: one, workflow: to.delete, ...(object && { object }) })
  return router
}

function bodiesOf(representation: Representation, shape: z.ZodRawShape) {
  const name = representation.one.replace(/(?:^|_)(\w)/g, (_, letter: string) => letter.toUpperCase())
  const fields = z.strictObject(shape)
  return { create: fields.openapi(`New${name}`), update: fields.partial().openapi(`${name}Change`) }
}
