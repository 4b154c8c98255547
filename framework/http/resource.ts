/** `resource`: declares the five usual routes of an entity. */
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
  /** default: `one` is the entity's name, `many` the same with an s */
  representation: Omit<Representation, 'one' | 'many'> & Partial<Pick<Representation, 'one' | 'many'>>
  path: string
  /** `object` in the answer to a deletion; default: the representation's name */
  object?: string
  /** Filters besides `id`, page size and order of the list. */
  list?: ListRouteOptions
  /** The fields of the bodies. All are optional in an update. */
  body?: S
  /** The body of a new row; default: `body` */
  create?: C
  /** The body of an update; default: `body` with all fields optional */
  update?: U
  workflows?: {
    /** Takes `{ <many>: [body] }`, returns the rows. */
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

/** The workflows without the types of their bodies, which are checked in `ResourceOptions`. */
interface Workflows {
  create?: CreateWorkflow
  update?: ChangeWorkflow
  delete?: DeleteWorkflow<{ ids: string[] }>
}

type BodyOf<S extends z.ZodRawShape> = z.output<z.ZodObject<S>>

/** Declares list and retrieve routes, and create, update and delete routes if there are workflows. Returns a router to add routes to. */
export function resource<
  S extends z.ZodRawShape = never,
  C extends z.ZodType = never,
  U extends z.ZodType = never,
  WC extends CreateWorkflow = CreateWorkflow,
  WU extends ChangeWorkflow = ChangeWorkflow,
>({ path, object, list, body, workflows = {}, ...options }: ResourceOptions<S, C, U, WC, WU>): Router {
  const router = createRouter()
  const representation: Representation = {
    one: options.representation.entity,
    many: `${options.representation.entity}s`,
    ...options.representation,
  }
  const { create, update }: Bodies = { ...(body && bodiesOf(representation, body)), ...options }
  const rowPath = `${path}/{id}`
  lists(router, representation, { path, ...list })
  retrieves(router, representation, { path: rowPath })
  const by: Workflows = workflows
  if (create && by.create) creates(router, representation, { path, body: create, workflow: by.create })
  if (update && by.update) updates(router, representation, { path: rowPath, body: update, workflow: by.update })
  if (by.delete) deletes(router, representation, { path: rowPath, workflow: by.delete, ...(object && { object }) })
  return router
}

function bodiesOf(representation: Representation, shape: z.ZodRawShape) {
  const name = representation.one.replace(/(?:^|_)(\w)/g, (_, letter: string) => letter.toUpperCase())
  const fields = z.strictObject(shape)
  return { create: fields.openapi(`New${name}`), update: fields.partial().openapi(`${name}Change`) }
}
