/** The kinds of routes that resources are made of, each a declaration. */
import type { Context } from 'hono'
import type { ChangeWorkflow } from '../workflow/change.ts'
import { answerText } from './answers.ts'
import { some } from './fields.ts'
import { type ListOptions, maxLimitOf, pageOf, parametersOf } from './list-query.ts'
import {
  jsonOf,
  jsonOfAll,
  listOf,
  oneQuery,
  type Representation,
  refuseWrongQuery,
  showOne,
} from './representation.ts'
import { type AppEnv, idempotencyHeader, json, type Router, route, rowOf, z } from './router.ts'

/** What a route says about itself. */
export interface Described {
  path: string
  summary?: string
  description?: string
}

/** GET of a page. */
export function lists(router: Router, representation: Representation, options: Described & ListOptions): void {
  const list = listOf(representation, { maxLimit: maxLimitOf(options.path), ...options })
  const { plural } = words(representation)
  const page = json(
    pageOf(representation.many, rowOf(representation.entity)),
    `A page of ${plural}; count is that of all matches`,
  )
  const config = { method: 'get' as const, summary: `List ${plural}`, parameters: parametersOf(list.query) }
  const responses = { 200: page }
  router.openapi(documented(representation, options, { ...config, responses }), (c) => list.answer(c))
}

/** GET of one. */
export function retrieves(
  router: Router,
  representation: Representation,
  { idParam = 'id', ...options }: Described & IdParam,
): void {
  const config = {
    method: 'get' as const,
    summary: `Retrieve ${words(representation).single}`,
    ...answersOne(representation),
  }
  router.openapi(documented(representation, options, config), (c) => showOne(c, representation, c.req.param(idParam)!))
}

interface IdParam {
  /** Which part of the path is the id of what is shown; `id` where it is left out. */
  idParam?: string
}

type Params = Record<string, string>

export interface Changing<B extends z.ZodType> extends Described, IdParam {
  method?: 'post' | 'delete'
  /** Absent where the request has none. */
  body?: B
  /** Runs the change; gives the id of what is shown where that is not in the path. */
  run: (c: Context<AppEnv>, body: z.output<B>, params: Params) => Promise<string | unknown>
}

/** POST that changes something, and answers with one row as it then is. */
export function changes<B extends z.ZodType = z.ZodUndefined>(
  router: Router,
  representation: Representation,
  { method = 'post', body, run, idParam = 'id', ...options }: Changing<B>,
): void {
  const config = { method, summary: `Change ${words(representation).single}`, ...answersOne(representation) }
  router.openapi(documented(representation, options, config, body), async (c) => {
    const params = c.req.param() as Params
    refuseWrongQuery(c, representation)
    const result = await run(c, bodyOf(c) as z.output<B>, params)
    return showOne(c, representation, typeof result === 'string' ? result : params[idParam]!)
  })
}

export interface Creating<B extends z.ZodType> extends Described {
  body: B
  /** Takes `{ <many>: [body], additional_data? }`, answers with the rows. */
  workflow: ChangeWorkflow
}

/** POST that creates one. */
export function creates<B extends z.ZodType>(
  router: Router,
  representation: Representation,
  { workflow, ...options }: Creating<B>,
): void {
  changes(router, representation, {
    summary: `Create ${words(representation).single}`,
    ...options,
    run: async (c, body) => {
      const [row] = (await c.var.run(workflow, inputOf(representation, body))) as [{ id: string }]
      return row.id
    },
  })
}

/** POST that updates one. The workflow takes `{ <many>: [{ ...body, id }], additional_data? }`. */
export function updates<B extends z.ZodType>(
  router: Router,
  representation: Representation,
  { workflow, ...options }: Creating<B> & IdParam,
): void {
  const { idParam = 'id' } = options
  changes(router, representation, {
    summary: `Update ${words(representation).single}`,
    ...options,
    run: async (c, body, params) => {
      await c.var.run(workflow, inputOf(representation, { ...(body as object), id: params[idParam] }))
    },
  })
}

/** One row, and beside it what is given along for hooks. */
function inputOf({ many }: Representation, body: unknown) {
  const { additional_data, ...row } = body as { additional_data?: unknown }
  return { [many]: [row], ...(additional_data !== undefined && { additional_data }) }
}

export interface Deleting extends Described, IdParam {
  /** What the answer calls it; the representation's name where it is left out. */
  object?: string
  /** Takes `{ ids }`, and `parentId` where it is a part of something. */
  workflow?: ChangeWorkflow
  /** Runs the change where no such workflow does; gives the id where that is not in the path. */
  run?: (c: Context<AppEnv>, params: Params) => Promise<string | unknown>
  /** Whose part it was: shown with the answer. */
  parent?: { representation: Representation; idParam: string }
}

/** DELETE of one. */
export function deletes(
  router: Router,
  representation: Representation,
  { workflow, run, parent, ...options }: Deleting,
): void {
  const { idParam = 'id', object = representation.one } = options
  const deleted = z.object({ id: z.string(), object: z.string(), deleted: z.boolean() })
  const answer = parent ? deleted.extend({ parent: rowOf(parent.representation.entity) }) : deleted
  const responses = { 200: json(answer, 'It is deleted'), ...missing(representation) }
  const parameters = parent ? parametersOf(oneQuery(parent.representation)) : []
  const config = { method: 'delete' as const, summary: `Delete ${words(representation).single}`, parameters, responses }
  router.openapi(documented(representation, options, config), async (c) => {
    const params = c.req.param() as Params
    if (parent) refuseWrongQuery(c, parent.representation)
    const input = { ids: [params[idParam]!], ...(parent && { parentId: params[parent.idParam] }) }
    const result = await (workflow ? c.var.run(workflow, input) : run?.(c, params))
    const id = typeof result === 'string' ? result : params[idParam]!
    const said = JSON.stringify({ id, object, deleted: true })
    if (!parent) return answerText(c, said)
    const shown = await jsonOf(c, parent.representation, params[parent.idParam]!)
    return answerText(c, `${said.slice(0, -1)},"parent":${shown}}`)
  })
}

export interface Batching<C extends z.ZodType, U extends z.ZodType> extends Described {
  object?: string
  create: C
  update: U
  /** Takes `{ create, update, delete }` and the path's parameters, answers with the ids of each. */
  run: (c: Context<AppEnv>, body: Batch<z.output<C>, z.output<U>>, params: Params) => Promise<BatchIds>
}

export interface Batch<C, U> {
  create: C[]
  update: U[]
  delete: string[]
}

/** What a batch did, by ids. */
export interface BatchIds {
  created: string[]
  updated: string[]
  deleted: string[]
}

/** POST …/batch: creates, updates and deletes in one change; all of it, or none. */
export function batches<C extends z.ZodType, U extends z.ZodType>(
  router: Router,
  representation: Representation,
  { create, update, run, object = representation.one, ...options }: Batching<C, U>,
): void {
  const body = z.strictObject({ create: some(create), update: some(update), delete: some(z.string()) })
  const rows = z.array(rowOf(representation.entity))
  const deleted = z.object({ ids: z.array(z.string()), object: z.string(), deleted: z.boolean() })
  const answer = json(z.object({ created: rows, updated: rows, deleted }), 'What was done')
  const summary = `Create, update and delete ${words(representation).plural} in one change`
  const config = {
    method: 'post' as const,
    summary,
    parameters: parametersOf(oneQuery(representation)),
    responses: { 200: answer },
  }
  router.openapi(documented(representation, options, config, body), async (c) => {
    const { create = [], update = [], delete: ids = [] } = bodyOf(c) as z.output<typeof body>
    refuseWrongQuery(c, representation)
    const done = await run(c, { create, update, delete: ids } as never, c.req.param() as Params)
    const [created, updated] = [
      await jsonOfAll(c, representation, done.created),
      await jsonOfAll(c, representation, done.updated),
    ]
    const gone = JSON.stringify({ ids: done.deleted, object, deleted: true })
    return answerText(c, `{"created":${created},"updated":${updated},"deleted":${gone}}`)
  })
}

/** `{ add, remove }` of ids, for what is linked to a row. */
export const linkBody = z.strictObject({ add: some(z.string()), remove: some(z.string()) }).openapi('LinkBody')

function words({ one, many }: Representation) {
  const [single, plural] = [one, many].map((name) => name.replaceAll('_', ' ')) as [string, string]
  return { single: `${/^[aeiou]/.test(single) ? 'an' : 'a'} ${single}`, plural }
}

function answersOne(representation: Representation) {
  const envelope = json(
    z.object({ [representation.one]: rowOf(representation.entity) }),
    `The ${representation.one.replaceAll('_', ' ')}`,
  )
  return {
    parameters: parametersOf(oneQuery(representation)),
    responses: { 200: envelope, ...missing(representation) },
  }
}

const missing = (representation: Representation) => ({
  404: { description: `There is no such ${representation.one.replaceAll('_', ' ')}` },
})

/** Validated by the route; absent where it declares none. */
function bodyOf(c: Context): unknown {
  return c.req.valid('json' as never)
}

// biome-ignore lint/suspicious/noExplicitAny: made of parts whose types the declarations above have checked
type Config = any

function documented(
  representation: Representation,
  { path, summary, description }: Described,
  config: Config,
  body?: z.ZodType,
): Config {
  const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name!)
  const params = z.object(Object.fromEntries(names.map((name) => [name, z.string()])))
  const request = {
    ...(names.length > 0 && { params }),
    ...(config.method !== 'get' && { headers: idempotencyHeader }),
    ...(body && { body: json(body, 'What is asked') }),
  }
  const tags = [path.split('/')[2]?.replaceAll('-', ' ') ?? representation.many]
  return route({ tags, ...config, path, ...(summary && { summary }), ...(description && { description }), request })
}
