/** Declarations of the usual kinds of routes. */
import type { Context } from 'hono'
import type { ChangeWorkflow } from '../workflow/change.ts'
import { answerText } from './answers.ts'
import { some } from './fields.ts'
import type { Fits, ParamName, ParamsOf } from './fits.ts'
import { type ListRouteOptions, maxLimitOf, pageSchema, parametersOf } from './list-query.ts'
import {
  createList,
  jsonOf,
  jsonOfAll,
  oneQuery,
  type Representation,
  refuseInvalidQuery,
  showOne,
} from './representation.ts'
import { type AppEnv, idempotencyHeader, json, type Router, route, rowSchema, z } from './router.ts'

/** Path and documentation of a route. */
export interface RouteDescription<P extends string = string> {
  path: P
  summary?: string
  description?: string
}

/** Declares GET of a page. */
export function lists(
  router: Router,
  representation: Representation,
  options: RouteDescription & ListRouteOptions,
): void {
  const list = createList(representation, { maxLimit: maxLimitOf(options.path), ...options })
  const { plural } = words(representation)
  const page = json(
    pageSchema(representation.many, rowSchema(representation.entity)),
    `A page of ${plural}; \`count\` is the number of all matches`,
  )
  const config = { method: 'get' as const, summary: `List ${plural}`, parameters: parametersOf(list.query) }
  const responses = { 200: page }
  router.openapi(documented(representation, options, { ...config, responses }), (c) => list.answer(c))
}

/** Declares GET of one row. */
export function retrieves<P extends string>(
  router: Router,
  representation: Representation,
  { idParam, ...options }: RouteDescription<P> & IdParam<P>,
): void {
  const config = {
    method: 'get' as const,
    summary: `Retrieve ${words(representation).single}`,
    ...answersOne(representation),
  }
  router.openapi(documented(representation, options, config), (c) => showOne(c, representation, idIn(c, idParam)))
}

interface IdParam<P extends string> {
  /** The path parameter with the id of the shown row; default: `id` */
  idParam?: ParamName<P>
}

export interface ChangeRouteOptions<P extends string, B extends z.ZodType> extends RouteDescription<P>, IdParam<P> {
  /** default: `post` */
  method?: 'post' | 'delete'
  /** default: no body */
  body?: B
  /** Runs the change. Returns the id of the row to show if it is not in the path. */
  run: (c: Context<AppEnv>, body: z.output<B>, params: ParamsOf<P>) => Promise<string | unknown>
}

/** Declares POST of a change that answers with one row, read after the change. */
export function changes<P extends string, B extends z.ZodType = z.ZodUndefined>(
  router: Router,
  representation: Representation,
  { method = 'post', body, run, idParam, ...options }: ChangeRouteOptions<P, B>,
): void {
  const config = { method, summary: `Update ${words(representation).single}`, ...answersOne(representation) }
  router.openapi(documented(representation, options, config, body), async (c) => {
    refuseInvalidQuery(c, representation)
    const result = await run(c, bodyOf<B>(c), paramsOf<P>(c))
    return showOne(c, representation, typeof result === 'string' ? result : idIn(c, idParam))
  })
}

/** A workflow that returns the created rows. */
export type CreateWorkflow = ChangeWorkflow<readonly { id: string }[]>

export interface CreateRouteOptions<B extends z.ZodType, W extends CreateWorkflow> extends RouteDescription {
  body: B
  /** Takes `{ <many>: [body], additional_data? }`. */
  workflow: W & Fits<W, z.output<B>>
}

/** Declares POST that creates a row. */
export function creates<B extends z.ZodType, W extends CreateWorkflow>(
  router: Router,
  representation: Representation,
  { workflow, ...options }: CreateRouteOptions<B, W>,
): void {
  const create: CreateWorkflow = workflow
  changes(router, representation, {
    summary: `Create ${words(representation).single}`,
    ...options,
    run: async (c, body) => {
      const [row] = await c.var.run(create, inputOf(representation, body))
      return row!.id
    },
  })
}

export interface UpdateRouteOptions<P extends string, B extends z.ZodType, W extends ChangeWorkflow>
  extends RouteDescription<P>,
    IdParam<P> {
  body: B
  /** Takes `{ <many>: [{ ...body, id }], additional_data? }`. */
  workflow: W & Fits<W, z.output<B> & { id: string }>
}

/** Declares POST that updates a row. */
export function updates<P extends string, B extends z.ZodType, W extends ChangeWorkflow>(
  router: Router,
  representation: Representation,
  { workflow, ...options }: UpdateRouteOptions<P, B, W>,
): void {
  const update: ChangeWorkflow = workflow
  changes(router, representation, {
    summary: `Update ${words(representation).single}`,
    ...options,
    run: async (c, body) => {
      await c.var.run(update, inputOf(representation, body, { id: idIn(c, options.idParam) }))
    },
  })
}

/** The input of a workflow: one row, and `additional_data` for hooks. `Fits` has compared the body with the workflow's input. */
function inputOf({ many }: Representation, body: unknown, further: { id?: string } = {}) {
  const { additional_data, ...row } = body as { additional_data?: unknown }
  return { [many]: [{ ...row, ...further }], ...(additional_data !== undefined && { additional_data }) }
}

/** A workflow that accepts `Input`. */
export type DeleteWorkflow<Input> = ChangeWorkflow & ((input: Input) => Promise<unknown>)

export type DeleteRouteOptions<P extends string> = RouteDescription<P> &
  IdParam<P> & {
    /** `object` in the answer; default: the representation's name */
    object?: string
  } & (
    | {
        /** Takes `{ ids }`. */
        workflow: DeleteWorkflow<{ ids: string[] }>
        run?: undefined
        parent?: undefined
      }
    | {
        /** Takes `{ ids, parentId }`. */
        workflow: DeleteWorkflow<{ ids: string[]; parentId: string }>
        run?: undefined
        parent: Parent<P>
      }
    | {
        workflow?: undefined
        /** Runs the change if it needs another input. Returns the id if it is not in the path. */
        run: (c: Context<AppEnv>, params: ParamsOf<P>) => Promise<string | unknown>
        parent?: Parent<P>
      }
  )

/** The parent of the deleted row, which is shown with the answer. */
interface Parent<P extends string> {
  representation: Representation
  idParam: ParamName<P>
}

/** Declares DELETE of a row. */
export function deletes<P extends string>(
  router: Router,
  representation: Representation,
  { workflow, run, parent, idParam, object = representation.one, ...options }: DeleteRouteOptions<P>,
): void {
  const deleted = z.object({ id: z.string(), object: z.string(), deleted: z.boolean() })
  const answer = parent ? deleted.extend({ parent: rowSchema(parent.representation.entity) }) : deleted
  const responses = { 200: json(answer, 'The deletion'), ...missing(representation) }
  const parameters = parent ? parametersOf(oneQuery(parent.representation)) : []
  const config = { method: 'delete' as const, summary: `Delete ${words(representation).single}`, parameters, responses }
  const deleteOne: ChangeWorkflow | undefined = workflow
  router.openapi(documented(representation, options, config), async (c) => {
    if (parent) refuseInvalidQuery(c, parent.representation)
    const input = { ids: [idIn(c, idParam)], ...(parent && { parentId: idIn(c, parent.idParam) }) }
    const result = await (deleteOne ? c.var.run(deleteOne, input) : run?.(c, paramsOf<P>(c)))
    const id = typeof result === 'string' ? result : idIn(c, idParam)
    const json = JSON.stringify({ id, object, deleted: true })
    if (!parent) return answerText(c, json)
    const parentJson = await jsonOf(c, parent.representation, idIn(c, parent.idParam))
    return answerText(c, `${json.slice(0, -1)},"parent":${parentJson}}`)
  })
}

export interface BatchRouteOptions<P extends string, C extends z.ZodType, U extends z.ZodType>
  extends RouteDescription<P> {
  /** `object` in the answer; default: the representation's name */
  object?: string
  create: C
  update: U
  /** Runs the change and returns the ids of the created, updated and deleted rows. */
  run: (c: Context<AppEnv>, body: Batch<z.output<C>, z.output<U>>, params: ParamsOf<P>) => Promise<BatchIds>
}

export interface Batch<C, U> {
  create: C[]
  update: U[]
  delete: string[]
}

/** The ids of the created, updated and deleted rows of a batch. */
export interface BatchIds {
  created: string[]
  updated: string[]
  deleted: string[]
}

/** Declares POST …/batch, which creates, updates and deletes rows in one change. */
export function batches<P extends string, C extends z.ZodType, U extends z.ZodType>(
  router: Router,
  representation: Representation,
  { create, update, run, object = representation.one, ...options }: BatchRouteOptions<P, C, U>,
): void {
  const body = z.strictObject({ create: some(create), update: some(update), delete: some(z.string()) })
  const rows = z.array(rowSchema(representation.entity))
  const deleted = z.object({ ids: z.array(z.string()), object: z.string(), deleted: z.boolean() })
  const answer = json(
    z.object({ created: rows, updated: rows, deleted }),
    'The rows that were created and updated, and the ids that were deleted',
  )
  const summary = `Create, update and delete ${words(representation).plural} in one request`
  const config = {
    method: 'post' as const,
    summary,
    parameters: parametersOf(oneQuery(representation)),
    responses: { 200: answer },
  }
  router.openapi(documented(representation, options, config, body), async (c) => {
    const { create = [], update = [], delete: ids = [] } = bodyOf<typeof body>(c)
    refuseInvalidQuery(c, representation)
    const result = await run(c, { create, update, delete: ids }, paramsOf<P>(c))
    const [created, updated] = [
      await jsonOfAll(c, representation, result.created),
      await jsonOfAll(c, representation, result.updated),
    ]
    const deletedJson = JSON.stringify({ ids: result.deleted, object, deleted: true })
    return answerText(c, `{"created":${created},"updated":${updated},"deleted":${deletedJson}}`)
  })
}

/** A body with ids to link and to unlink. */
export const linkBody = z.strictObject({ add: some(z.string()), remove: some(z.string()) }).openapi('LinkBody')

function words({ one, many }: Representation) {
  const [single, plural] = [one, many].map(titleOf) as [string, string]
  return { single: `${/^(?!us)[aeiou]/i.test(single) ? 'an' : 'a'} ${single}`, plural }
}

/** `api_keys` → `API keys` */
const titleOf = (name: string) => name.replaceAll('_', ' ').replace(/^api /, 'API ')

function answersOne(representation: Representation) {
  const envelope = json(
    z.object({ [representation.one]: rowSchema(representation.entity) }),
    `The ${titleOf(representation.one)}`,
  )
  return {
    parameters: parametersOf(oneQuery(representation)),
    responses: { 200: envelope, ...missing(representation) },
  }
}

const missing = (representation: Representation) => ({
  404: { description: `The ${titleOf(representation.one)} was not found` },
})

/** The validated body; undefined if the route has none. */
function bodyOf<B extends z.ZodType>(c: Context): z.output<B> {
  return c.req.valid('json' as never)
}

/** The parameters of the path. */
function paramsOf<P extends string>(c: Context): ParamsOf<P> {
  return c.req.param() as ParamsOf<P>
}

function idIn(c: Context, idParam = 'id'): string {
  return c.req.param(idParam)!
}

// biome-ignore lint/suspicious/noExplicitAny: the declarations above have checked the types of its parts
type Config = any

function documented(
  representation: Representation,
  { path, summary, description }: RouteDescription,
  config: Config,
  body?: z.ZodType,
): Config {
  const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name!)
  const params = z.object(Object.fromEntries(names.map((name) => [name, z.string()])))
  const request = {
    ...(names.length > 0 && { params }),
    ...(config.method !== 'get' && { headers: idempotencyHeader }),
    ...(body && { body: json(body, 'The body of the request') }),
  }
  const tags = [path.split('/')[2]?.replaceAll('-', ' ') ?? representation.many]
  return route({ tags, ...config, path, ...(summary && { summary }), ...(description && { description }), request })
}
