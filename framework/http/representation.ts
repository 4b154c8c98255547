/** `Representation`: how an entity is asked for and shown; routes of the same resource share it. */
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
  /** As the query layer knows it. */
  entity: string
  /** As envelopes say it. */
  one: string
  many: string
  /** What an answer shows, and what can be asked for. */
  fields: FieldsConfig
  /** What can be said with every read besides `fields`, such as `region_id`, and is no filter. */
  params?: z.ZodRawShape
  /** What the server adds to every read: what may be seen, and what computed fields need. */
  scope?: (c: Context<AppEnv>, params: Record<string, unknown>) => Scope | Promise<Scope>
  /** What of a row is shown at all, where that depends on the row. */
  shown?: (row: Fields) => Fields
  /** What the answer says where there is no such id; default: the text of the query layer. */
  missing?: (id: string) => string
}

export type Scope = Pick<SelectOptions, 'filters' | 'context' | 'only' | 'deep' | 'withDeleted' | 'config'>

/** How a query string is read for a representation. */
export interface RepresentedList {
  query: ListQuery
  answer: (c: Context<AppEnv>) => Promise<Json>
}

/** A list of a representation, with what it can be filtered by. */
export function createList(representation: Representation, options: ListRouteOptions = {}): RepresentedList {
  const query = listQuery({ ...options, params: representation.params ?? {} })
  return {
    query,
    async answer(c) {
      const { fields, q, order, limit, offset, with_deleted, ...rest } = valid(c, query)
      const [params, filters] = split(rest, representation)
      const listing: ListOptions = {
        ...(with_deleted !== undefined && { withDeleted: with_deleted }),
        ...(await selecting(c, representation, params, [meant(filters, options.filterAliases)])),
        ...(fields !== undefined && { fields }),
        ...(q !== undefined && { q }),
        ...(order !== undefined && { order: order as string }),
        limit,
        offset,
      }
      const { json, count } = await c.var.query.listJson(representation.entity, listing)
      return answerPage(c, representation.many, { json: shownOf(representation, json), count }, { limit, offset })
    },
  }
}

/** The query string of a read of one: made once for a representation, as every change asks for it. */
export function oneQuery(representation: Representation): OneQuery {
  const query = oneQueries.get(representation) ?? z.strictObject({ ...selectingQuery, ...representation.params })
  oneQueries.set(representation, query)
  return query
}

type OneQuery = z.ZodObject<typeof selectingQuery, z.core.$strict>

const oneQueries = new WeakMap<Representation, OneQuery>()

/**
 * Before a change: what its answer shows is asked for in a way that can be answered.
 *
 * @throws Problem `invalid_data`
 */
export function refuseWrongQuery(c: Context<AppEnv>, representation: Representation): void {
  const { fields } = valid(c, oneQuery(representation))
  if (fields !== undefined) c.var.query.refuseFields({ fields: fields as string, config: representation.fields })
}

/** One row, as the request asks for it. */
export async function showOne(c: Context<AppEnv>, representation: Representation, id: string): Promise<Json> {
  return answerOne(c, representation.one, await jsonOf(c, representation, id))
}

/** The text of one row, as the request asks for it. */
export async function jsonOf(c: Context<AppEnv>, representation: Representation, id: string): Promise<string> {
  const { fields, ...params } = valid(c, oneQuery(representation))
  const { missing } = representation
  const json = await c.var.query.retrieveJson(representation.entity, id, {
    ...(await selecting(c, representation, params, [])),
    ...(fields !== undefined && { fields: fields as string }),
    ...(missing && { missing }),
  })
  return shownOf(representation, json)
}

/** The text of several rows, in the order of their ids. */
export async function jsonOfAll(
  c: Context<AppEnv>,
  representation: Representation,
  ids: readonly string[],
): Promise<string> {
  if (ids.length === 0) return '[]'
  const { fields, ...params } = valid(c, oneQuery(representation))
  const { json } = await c.var.query.listJson(representation.entity, {
    ...(await selecting(c, representation, params, [{ id: ids }])),
    ...(fields !== undefined && { fields: fields as string }),
    limit: ALL,
  })
  return shownOf(representation, json)
}

/** The text of a row, or of a list of rows; that of Postgres, untouched, where all of it is shown. */
function shownOf({ shown }: Representation, json: string): string {
  if (!shown) return json
  const given = JSON.parse(json) as Fields | Fields[]
  return JSON.stringify(Array.isArray(given) ? given.map(shown) : shown(given))
}

async function selecting(
  c: Context<AppEnv>,
  representation: Representation,
  params: Record<string, unknown>,
  filters: Filters[],
): Promise<SelectOptions> {
  const { filters: own, ...scope } = (await representation.scope?.(c, params)) ?? {}
  const all = [own, ...filters].filter((one) => one !== undefined && Object.keys(one).length > 0) as Filters[]
  return {
    config: representation.fields,
    ...(all.length > 0 && { filters: all.length === 1 ? all[0]! : { $and: all } }),
    ...scope,
  }
}

function split(given: Record<string, unknown>, { params = {} }: Representation): [Record<string, unknown>, Filters] {
  const entries = Object.entries(given)
  const isParam = ([name]: [string, unknown]) => Object.hasOwn(params, name)
  return [
    Object.fromEntries(entries.filter(isParam)),
    Object.fromEntries(entries.filter((entry) => !isParam(entry))) as Filters,
  ]
}

/** Filters in the words of the entity: `tag_id` as `{ tags: { id } }`. */
function meant(filters: Filters, filterAliases: NonNullable<ListRouteOptions['filterAliases']> = {}): Filters {
  const plain: Record<string, unknown> = {}
  const further: Filters[] = []
  for (const [name, value] of Object.entries(filters)) {
    if (value === undefined) continue
    if (name === '$and' || name === '$or') plain[name] = (value as Filters[]).map((part) => meant(part, filterAliases))
    else if (filterAliases[name]) further.push(filterAliases[name](value as FilterValue))
    else plain[name] = value
  }
  return further.length === 0 ? (plain as Filters) : { $and: [plain as Filters, ...further] }
}
