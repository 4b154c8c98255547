/** `resource`: the five routes of a plain entity, as a declaration. */

import type { Context } from 'hono'
import type { FieldsConfig } from '../query.ts'
import type { ChangeWorkflow } from '../workflow/change.ts'
import {
  answerOne,
  answerPage,
  type ListOptions,
  listingOf,
  listQuery,
  pageOf,
  parametersOf,
  retrieveQuery,
  retrievingOf,
} from './list-query.ts'
import { type AppEnv, createRouter, idempotencyHeader, json, type Router, route, z } from './router.ts'

export interface ResourceOptions {
  /** The entity's name, as the query layer knows it and as the envelope says it. */
  one: string
  many: string
  path: string
  /** What the answer to a deletion calls it; `one` where it is left out. */
  object?: string
  row: z.ZodType
  /** What an answer shows, and what can be asked for. */
  fields: FieldsConfig
  /** What a list can be filtered by, besides `id`; its page and order. */
  list?: ListOptions
  create: z.ZodType
  update: z.ZodType
  workflows: {
    /** Takes `{ <many>: [body] }`, answers with the rows. */
    create: ChangeWorkflow
    /** Takes `{ <many>: [{ id, ...body }] }`, answers with the rows. */
    update: ChangeWorkflow
    /** Takes `{ ids }`. */
    delete: ChangeWorkflow
  }
}

type Written = { id: string }
const Id = z.object({ id: z.string() })

/** List, retrieve, create, update and delete; further routes can be added to the router. */
export function resource(options: ResourceOptions): Router {
  const { one, many, workflows, fields } = options
  const asked = listQuery(options.list)
  const routes = routesOf(options, asked)
  /** The row as the change left it, or what was asked for. */
  const written = async (c: Context<AppEnv>, row: Written) =>
    c.req.query('fields') === undefined
      ? c.json({ [one]: row }, 200)
      : answerOne(c, one, await c.var.query.retrieveJson(one, row.id, retrievingOf(c, fields)))
  return createRouter()
    .openapi(routes.list, async (c) => {
      const listing = listingOf(c, asked, fields)
      return answerPage(c, many, await c.var.query.listJson(one, listing), listing)
    })
    .openapi(routes.retrieve, async (c) => {
      const { id } = c.req.valid('param')
      return answerOne(c, one, await c.var.query.retrieveJson(one, id, retrievingOf(c, fields)))
    })
    .openapi(routes.create, async (c) => {
      const [row] = await c.var.run(workflows.create, { [many]: [c.req.valid('json')] })
      return written(c, row as Written)
    })
    .openapi(routes.update, async (c) => {
      const { id } = c.req.valid('param')
      const [row] = await c.var.run(workflows.update, { [many]: [{ ...(c.req.valid('json') as object), id }] })
      return written(c, row as Written)
    })
    .openapi(routes.delete, async (c) => {
      const { id } = c.req.valid('param')
      await c.var.run(workflows.delete, { ids: [id] })
      return c.json({ id, object: options.object ?? one, deleted: true }, 200)
    }) as Router
}

function routesOf({ one, many, path, row, create, update }: ResourceOptions, asked: z.ZodObject) {
  const [single, plural] = [one, many].map((name) => name.replaceAll('_', ' '))
  const tags = [plural!]
  const envelope = json(z.object({ [one]: row }), `The ${single}`)
  const missing = { 404: { description: `There is no such ${single}` } }
  const page = pageOf(many, row)
  const deleted = z.object({ id: z.string(), object: z.string(), deleted: z.boolean() })
  const onePath = `${path}/{id}`
  return {
    list: route({
      method: 'get',
      path,
      tags,
      summary: `List ${plural}`,
      parameters: parametersOf(asked),
      responses: { 200: json(page, `A page of ${plural}; count is that of all matches`) },
    }),
    retrieve: route({
      method: 'get',
      path: onePath,
      tags,
      summary: `Retrieve a ${single}`,
      parameters: parametersOf(retrieveQuery()),
      request: { params: Id },
      responses: { 200: envelope, ...missing },
    }),
    create: route({
      method: 'post',
      path,
      tags,
      summary: `Create a ${single}`,
      parameters: parametersOf(retrieveQuery()),
      request: { headers: idempotencyHeader, body: json(create, `The ${single} to create`) },
      responses: { 200: envelope },
    }),
    update: route({
      method: 'post',
      path: onePath,
      tags,
      summary: `Update a ${single}`,
      parameters: parametersOf(retrieveQuery()),
      request: { headers: idempotencyHeader, params: Id, body: json(update, 'What changes') },
      responses: { 200: envelope, ...missing },
    }),
    delete: route({
      method: 'delete',
      path: onePath,
      tags,
      summary: `Delete a ${single}`,
      request: { headers: idempotencyHeader, params: Id },
      responses: { 200: json(deleted, 'It is deleted'), ...missing },
    }),
  }
}
