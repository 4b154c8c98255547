/** `resource`: the five routes of a plain entity, as a declaration. */
import type { ChangeWorkflow } from '../workflow/change.ts'
import type { ListOptions } from './list-query.ts'
import { createRouter, type Router, type z } from './router.ts'
import { creates, deletes, lists, retrieves, updates } from './routes.ts'
import type { View } from './view.ts'

export interface ResourceOptions {
  view: View
  path: string
  /** What the answer to a deletion calls it; the view's name where it is left out. */
  object?: string
  /** What a list can be filtered by, besides `id`; its page and order. */
  list?: ListOptions
  /** The bodies. */
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
export function resource({ view, path, object, list, create, update, workflows = {} }: ResourceOptions): Router {
  const router = createRouter()
  const one = `${path}/{id}`
  lists(router, view, { path, ...list })
  retrieves(router, view, { path: one })
  if (create && workflows.create) creates(router, view, { path, body: create, workflow: workflows.create })
  if (update && workflows.update) updates(router, view, { path: one, body: update, workflow: workflows.update })
  if (workflows.delete) deletes(router, view, { path: one, workflow: workflows.delete, ...(object && { object }) })
  return router
}
