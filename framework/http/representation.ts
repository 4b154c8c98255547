/** `Representation`: how the routes of a resource read and show an entity. */
import { z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import {
  ALL,
  type Fields,
  type FieldsConfig,
  type Filters,
  type FilterValue,
  type ListOptions,
  type SelectOptions,
} from '../query.ts'
import { answerOne, answerPage, type Json } from './answers.ts'
import { type ListQuery, type ListRouteOptions, listQuery, selectingQuery, valid } from './list-query.ts'
import type { AppEnv } from './router.ts'

export interface Representation {
  /** The name of the entity in the query layer. */
  entity: string
  /** The names in envelopes: `{ product }` and `{ products }`. */
  one: string
  many: string
  /** The default fields and those that can be requested. */
  fields: FieldsConfig
  /** Query parameters of every read besides `fields` that are not filters, such as `region_id`. */
  params?: z.ZodRawShape
  /** What the server adds to every read: filters for what may be seen, and values for computed fields. */
  scope?: (c: Context<AppEnv>, params: Record<string, unknown>) => Scope | Promise<Scope>
  /** Transforms a row before it is shown. */
  shown?: (row: Fields) => Fields
  /** The text of the problem if the row does not exist; default: the text of the query layer */
  missing?: (id: string) => string
}

export type Scope = Pick<SelectOptions, 'filters' | 'context' | 'only' | 'deep' | 'withDeleted' | 'config'>

/** The query schema of a list route and its handler. */
export interface RepresentedList {
  query: ListQuery
  answer: (c: Context<AppEnv>) => Promise<Json>
}

export function createList(representation: Representation, options: ListRouteOptions = {}): RepresentedList {
  const query = listQuery({ ...options, params: representation.params ?? {} })
  return {
    query,
    async answer(c) {
      const { fields, q, order, limit, offset, with_deleted, ...rest } = valid(c, query)
      const [params, filters] = split(rest, representation)
      const listing: ListOptions = {
        ...(with_deleted !== undefined && { withDeleted: with_deleted }),
        ...(await selectOptions(c, representation, params, [applyAliases(filters, options.filterAliases)])),
        ...(fields !== undefined && { fields }),
        ...(q !== undefined && { q }),
        ...(order !== undefined && { order: order as string }),
        limit,
        offset,
      }
      const { json, count } = await c.var.query.listJson(representation.entity, listing)
      return answerPage(c, representation.many, { json: applyShown(representation, json), count }, { limit, offset })
    },
  }
}

/** The query schema of a read of one row. Created once per representation, because every change uses it. */
export function oneQuery(representation: Representation): OneQuery {
  const query = oneQueries.get(representation) ?? z.strictObject({ ...selectingQuery, ...representation.params })
  oneQueries.set(representation, query)
  return query
}

type OneQuery = z.ZodObject<typeof selectingQuery, z.core.$strict>

const oneQueries = new WeakMap<Representation, OneQuery>()

/**
 * Checks the query string of a change before the change runs.
 *
 * @throws Problem `invalid_data` if the answer could not be read with it.
 */
export function refuseInvalidQuery(c: Context<AppEnv>, representation: Representation): void {
  const { fields } = valid(c, oneQuery(representation))
  if (fields !== undefined) c.var.query.refuseFields({ fields: fields as string, config: representation.fields })
}

/** Answers with one row, by the query string of the request. */
export async function showOne(c: Context<AppEnv>, representation: Representation, id: string): Promise<Json> {
  return answerOne(c, representation.one, await jsonOf(c, representation, id))
}

/** The JSON of one row, by the query string of the request. */
export async function jsonOf(c: Context<AppEnv>, representation: Representation, id: string): Promise<string> {
  const { fields, ...params } = valid(c, oneQuery(representation))
  const { missing } = representation
  const json = await c.var.query.retrieveJson(representation.entity, id, {
    ...(await selectOptions(c, representation, params, [])),
    ...(fields !== undefined && { fields: fields as string }),
    ...(missing && { missing }),
  })
  return applyShown(representation, json)
}

/** The JSON of several rows, in the order of their ids. */
export async function jsonOfAll(
  c: Context<AppEnv>,
  representation: Representation,
  ids: readonly string[],
): Promise<string> {
  if (ids.length === 0) return '[]'
  const { fields, ...params } = valid(c, oneQuery(representation))
  const { json } = await c.var.query.listJson(representation.entity, {
    ...(await selectOptions(c, representation, params, [{ id: ids }])),
    ...(fields !== undefined && { fields: fields as string }),
    limit: ALL,
  })
  return applyShown(representation, json)
}

/** Applies `shown` to the JSON of a row or a list of rows; without it Postgres' JSON is not parsed. */
function applyShown({ shown }: Representation, json: string): string {
  if (!shown) return json
  const parsed = JSON.parse(json) as Fields | Fields[]
  return JSON.stringify(Array.isArray(parsed) ? parsed.map(shown) : shown(parsed))
}

async function selectOptions(
  c: Context<AppEnv>,
  representation: Representation,
  params: Record<string, unknown>,
  filters: Filters[],
): Promise<SelectOptions> {
  const { filters: own, ...scope } = (await representation.scope?.(c, params)) ?? {}
  const all = [own, ...filters].filter((each) => each !== undefined && Object.keys(each).length > 0) as Filters[]
  return {
    config: representation.fields,
    ...(all.length > 0 && { filters: all.length === 1 ? all[0]! : { $and: all } }),
    ...scope,
  }
}

function split(input: Record<string, unknown>, { params = {} }: Representation): [Record<string, unknown>, Filters] {
  const entries = Object.entries(input)
  const isParam = ([name]: [string, unknown]) => Object.hasOwn(params, name)
  return [
    Object.fromEntries(entries.filter(isParam)),
    Object.fromEntries(entries.filter((entry) => !isParam(entry))) as Filters,
  ]
}

/** Replaces aliases by filters of the entity: `tag_id` → `{ tags: { id } }`. */
function applyAliases(filters: Filters, aliases: NonNullable<ListRouteOptions['filterAliases']> = {}): Filters {
  const plain: Record<string, unknown> = {}
  const further: Filters[] = []
  for (const [name, value] of Object.entries(filters)) {
    if (value === undefined) continue
    if (name === '$and' || name === '$or') plain[name] = (value as Filters[]).map((part) => applyAliases(part, aliases))
    else if (aliases[name]) further.push(aliases[name](value as FilterValue))
    else plain[name] = value
  }
  return further.length === 0 ? (plain as Filters) : { $and: [plain as Filters, ...further] }
}
