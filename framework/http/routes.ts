/** The kinds of routes that resources are made of, each a declaration. */
import type { Context } from 'hono'
import type { ChangeWorkflow } from '../workflow/change.ts'
import { answerText } from './answers.ts'
import { some } from './fields.ts'
import type { Fits, ParamName, ParamsOf } from './fits.ts'
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
export interface Described<P extends string = string> {
  path: P
  summary?: string
  description?: string
}

/** GET of a page. */
export function lists(router: Router, representation: Representation, options: Described & ListOptions): void {
  const list = listOf(representation, { maxLimit: maxLimitOf(options.path), ...options })
  const { plural } = words(representation)
  const page = json(
    pageOf(representation.many, rowOf(representation.entity)),
    `A page of ${plural}; \`count\` is the number of all matches`,
  )
  const config = { method: 'get' as const, summary: `List ${plural}`, parameters: parametersOf(list.query) }
  const responses = { 200: page }
  router.openapi(documented(representation, options, { ...config, responses }), (c) => list.answer(c))
}

/** GET of one. */
export function retrieves<P extends string>(
  router: Router,
  representation: Representation,
  { idParam, ...options }: Described<P> & IdParam<P>,
): void {
  const config = {
    method: 'get' as const,
    summary: `Retrieve ${words(representation).single}`,
    ...answersOne(representation),
  }
  router.openapi(documented(representation, options, config), (c) => showOne(c, representation, idIn(c, idParam)))
}

interface IdParam<P extends string> {
  /** Which part of the path is the id of what is shown; default: `id`. */
  idParam?: ParamName<P>
}

export interface Changing<P extends string, B extends z.ZodType> extends Described<P>, IdParam<P> {
  method?: 'post' | 'delete'
  /** Default: the request has none. */
  body?: B
  /** Runs the change; gives the id of what is shown where that is not in the path. */
  run: (c: Context<AppEnv>, body: z.output<B>, params: ParamsOf<P>) => Promise<string | unknown>
}

/** POST that changes something, and answers with one row as it then is. */
export function changes<P extends string, B extends z.ZodType = z.ZodUndefined>(
  router: Router,
  representation: Representation,
  { method = 'post', body, run, idParam, ...options }: Changing<P, B>,
): void {
  const config = { method, summary: `Update ${words(representation).single}`, ...answersOne(representation) }
  router.openapi(documented(representation, options, config, body), async (c) => {
    refuseWrongQuery(c, representation)
    const result = await run(c, bodyOf<B>(c), paramsOf<P>(c))
    return showOne(c, representation, typeof result === 'string' ? result : idIn(c, idParam))
  })
}

/** A workflow that answers with the rows that it made. */
export type CreateWorkflow = ChangeWorkflow<readonly { id: string }[]>

export interface Creating<B extends z.ZodType, W extends CreateWorkflow> extends Described {
  body: B
  /** Takes `{ <many>: [body], additional_data? }`. */
  workflow: W & Fits<W, z.output<B>>
}

/** POST that creates one. */
export function creates<B extends z.ZodType, W extends CreateWorkflow>(
  router: Router,
  representation: Representation,
  { workflow, ...options }: Creating<B, W>,
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

export interface Updating<P extends string, B extends z.ZodType, W extends ChangeWorkflow>
  extends Described<P>,
    IdParam<P> {
  body: B
  /** Takes `{ <many>: [{ ...body, id }], additional_data? }`. */
  workflow: W & Fits<W, z.output<B> & { id: string }>
}

/** POST that updates one. */
export function updates<P extends string, B extends z.ZodType, W extends ChangeWorkflow>(
  router: Router,
  representation: Representation,
  { workflow, ...options }: Updating<P, B, W>,
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

/** One row, and beside it what is given along for hooks. `Fits` has compared the body with what the workflow takes. */
function inputOf({ many }: Representation, body: unknown, further: { id?: string } = {}) {
  const { additional_data, ...row } = body as { additional_data?: unknown }
  return { [many]: [{ ...row, ...further }], ...(additional_data !== undefined && { additional_data }) }
}

/** A workflow that can be started with `Input`. */
export type DeleteWorkflow<Input> = ChangeWorkflow & ((input: Input) => Promise<unknown>)

export type Deleting<P extends string> = Described<P> &
  IdParam<P> & {
    /** What the answer calls it; default: the representation's name. */
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
        /** Runs the change where no such workflow does; gives the id where that is not in the path. */
        run: (c: Context<AppEnv>, params: ParamsOf<P>) => Promise<string | unknown>
        parent?: Parent<P>
      }
  )

/** Whose part it was: shown with the answer. */
interface Parent<P extends string> {
  representation: Representation
  idParam: ParamName<P>
}

/** DELETE of one. */
export function deletes<P extends string>(
  router: Router,
  representation: Representation,
  { workflow, run, parent, idParam, object = representation.one, ...options }: Deleting<P>,
): void {
  const deleted = z.object({ id: z.string(), object: z.string(), deleted: z.boolean() })
  const answer = parent ? deleted.extend({ parent: rowOf(parent.representation.entity) }) : deleted
  const responses = { 200: json(answer, 'The deletion'), ...missing(representation) }
  const parameters = parent ? parametersOf(oneQuery(parent.representation)) : []
  const config = { method: 'delete' as const, summary: `Delete ${words(representation).single}`, parameters, responses }
  const deleteOne: ChangeWorkflow | undefined = workflow
  router.openapi(documented(representation, options, config), async (c) => {
    if (parent) refuseWrongQuery(c, parent.representation)
    const input = { ids: [idIn(c, idParam)], ...(parent && { parentId: idIn(c, parent.idParam) }) }
    const result = await (deleteOne ? c.var.run(deleteOne, input) : run?.(c, paramsOf<P>(c)))
    const id = typeof result === 'string' ? result : idIn(c, idParam)
    const said = JSON.stringify({ id, object, deleted: true })
    if (!parent) return answerText(c, said)
    const shown = await jsonOf(c, parent.representation, idIn(c, parent.idParam))
    return answerText(c, `${said.slice(0, -1)},"parent":${shown}}`)
  })
}

export interface Batching<P extends string, C extends z.ZodType, U extends z.ZodType> extends Described<P> {
  /** What the answer calls what is deleted; default: the representation's name. */
  object?: string
  create: C
  update: U
  /** Takes `{ create, update, delete }` and the path's parameters, answers with the ids of each. */
  run: (c: Context<AppEnv>, body: Batch<z.output<C>, z.output<U>>, params: ParamsOf<P>) => Promise<BatchIds>
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
export function batches<P extends string, C extends z.ZodType, U extends z.ZodType>(
  router: Router,
  representation: Representation,
  { create, update, run, object = representation.one, ...options }: Batching<P, C, U>,
): void {
  const body = z.strictObject({ create: some(create), update: some(update), delete: some(z.string()) })
  const rows = z.array(rowOf(representation.entity))
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
    refuseWrongQuery(c, representation)
    const done = await run(c, { create, update, delete: ids }, paramsOf<P>(c))
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
  const [single, plural] = [one, many].map(titleOf) as [string, string]
  return { single: `${/^(?!us)[aeiou]/i.test(single) ? 'an' : 'a'} ${single}`, plural }
}

/** `api_keys` → `API keys` */
const titleOf = (name: string) => name.replaceAll('_', ' ').replace(/^api /, 'API ')

function answersOne(representation: Representation) {
  const envelope = json(
    z.object({ [representation.one]: rowOf(representation.entity) }),
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

/** As the route's declaration has validated it; undefined where that has none. */
function bodyOf<B extends z.ZodType>(c: Context): z.output<B> {
  return c.req.valid('json' as never)
}

/** As the route's path names them. */
function paramsOf<P extends string>(c: Context): ParamsOf<P> {
  return c.req.param() as ParamsOf<P>
}

function idIn(c: Context, idParam = 'id'): string {
  return c.req.param(idParam)!
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
    ...(body && { body: json(body, 'The body of the request') }),
  }
  const tags = [path.split('/')[2]?.replaceAll('-', ' ') ?? representation.many]
  return route({ tags, ...config, path, ...(summary && { summary }), ...(description && { description }), request })
}
