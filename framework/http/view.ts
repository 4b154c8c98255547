/** `View`: how an entity is asked for and shown; routes of the same resource share it. */
import { z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { ALL, type Fields, type FieldsConfig, type Filters, type Listing, type Selecting } from '../query.ts'
import { answerOne, answerPage, type Json } from './answers.ts'
import { type ListOptions, type ListQuery, listQuery, selectingQuery, valid } from './list-query.ts'
import type { AppEnv } from './router.ts'

export interface View {
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
  /** What the refusal of an id says that is not there; that of the query layer where it is left out. */
  missing?: (id: string) => string
}

export type Scope = Pick<Selecting, 'filters' | 'context' | 'only' | 'deep' | 'withDeleted' | 'config'>

/** How a query string is read for a view. */
export interface ViewList {
  query: ListQuery
  answer: (c: Context<AppEnv>) => Promise<Json>
}

/** A list of a view, with what it can be filtered by. */
export function listOf(view: View, options: ListOptions = {}): ViewList {
  const query = listQuery({ ...options, params: view.params ?? {} })
  return {
    query,
    async answer(c) {
      const { fields, q, order, limit, offset, with_deleted, ...rest } = valid(c, query)
      const [params, filters] = split(rest, view)
      const listing: Listing = {
        ...(with_deleted !== undefined && { withDeleted: with_deleted }),
        ...(await selecting(c, view, params, [meant(filters, options.means)])),
        ...(fields !== undefined && { fields }),
        ...(q !== undefined && { q }),
        ...(order !== undefined && { order: order as string }),
        limit,
        offset,
      }
      const { json, count } = await c.var.query.listJson(view.entity, listing)
      return answerPage(c, view.many, { json: shownOf(view, json), count }, { limit, offset })
    },
  }
}

/** The query string of a read of one: made once for a view, as every change asks for it. */
export function oneQuery(view: View): OneQuery {
  const query = oneQueries.get(view) ?? z.strictObject({ ...selectingQuery, ...view.params })
  oneQueries.set(view, query)
  return query
}

type OneQuery = z.ZodObject<typeof selectingQuery, z.core.$strict>

const oneQueries = new WeakMap<View, OneQuery>()

/**
 * Before a change: what its answer shows is asked for in a way that can be answered.
 *
 * @throws Problem `invalid_data`
 */
export function refuseWrongQuery(c: Context<AppEnv>, view: View): void {
  const { fields } = valid(c, oneQuery(view))
  if (fields !== undefined) c.var.query.refuseFields({ fields: fields as string, config: view.fields })
}

/** One row, as the request asks for it. */
export async function showOne(c: Context<AppEnv>, view: View, id: string): Promise<Json> {
  return answerOne(c, view.one, await jsonOf(c, view, id))
}

/** The text of one row, as the request asks for it. */
export async function jsonOf(c: Context<AppEnv>, view: View, id: string): Promise<string> {
  const { fields, ...params } = valid(c, oneQuery(view))
  const { missing } = view
  const json = await c.var.query.retrieveJson(view.entity, id, {
    ...(await selecting(c, view, params, [])),
    ...(fields !== undefined && { fields: fields as string }),
    ...(missing && { missing }),
  })
  return shownOf(view, json)
}

/** The text of several rows, in the order of their ids. */
export async function jsonOfAll(c: Context<AppEnv>, view: View, ids: readonly string[]): Promise<string> {
  if (ids.length === 0) return '[]'
  const { fields, ...params } = valid(c, oneQuery(view))
  const { json } = await c.var.query.listJson(view.entity, {
    ...(await selecting(c, view, params, [{ id: ids }])),
    ...(fields !== undefined && { fields: fields as string }),
    limit: ALL,
  })
  return shownOf(view, json)
}

/** The text of a row, or of a list of rows; that of Postgres, untouched, where all of it is shown. */
function shownOf({ shown }: View, json: string): string {
  if (!shown) return json
  const given = JSON.parse(json) as Fields | Fields[]
  return JSON.stringify(Array.isArray(given) ? given.map(shown) : shown(given))
}

async function selecting(
  c: Context<AppEnv>,
  view: View,
  params: Record<string, unknown>,
  filters: Filters[],
): Promise<Selecting> {
  const { filters: own, ...scope } = (await view.scope?.(c, params)) ?? {}
  const all = [own, ...filters].filter((one) => one !== undefined && Object.keys(one).length > 0) as Filters[]
  return {
    config: view.fields,
    ...(all.length > 0 && { filters: all.length === 1 ? all[0]! : { $and: all } }),
    ...scope,
  }
}

function split(given: Record<string, unknown>, { params = {} }: View): [Record<string, unknown>, Filters] {
  const entries = Object.entries(given)
  const isParam = ([name]: [string, unknown]) => Object.hasOwn(params, name)
  return [
    Object.fromEntries(entries.filter(isParam)),
    Object.fromEntries(entries.filter((entry) => !isParam(entry))) as Filters,
  ]
}

/** Filters in the words of the entity: `tag_id` as `{ tags: { id } }`. */
function meant(filters: Filters, means: NonNullable<ListOptions['means']> = {}): Filters {
  const plain: Record<string, unknown> = {}
  const further: Filters[] = []
  for (const [name, value] of Object.entries(filters)) {
    if (value === undefined) continue
    if (name === '$and' || name === '$or') plain[name] = (value as Filters[]).map((part) => meant(part, means))
    else if (means[name]) further.push(means[name](value))
    else plain[name] = value
  }
  return further.length === 0 ? (plain as Filters) : { $and: [plain as Filters, ...further] }
}
