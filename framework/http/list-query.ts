/** What a caller may ask of a read: fields, filters, order, page. */
import { z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import type { Filters, FilterValue } from '../query.ts'
import * as filter from './filters.ts'
import { parseQueryString } from './query-string.ts'
import type { AppEnv } from './router.ts'
import { invalidRequest } from './validation.ts'

/** Dashboards ask for all there is of something small by a page that is large. Anybody can ask a storefront. */
const MAX_LIMIT = { admin: 10_000, store: 1000 }
const MAX_NESTED = 2
const FIELDS =
  'The fields to return: `+a` adds a field, `-a` removes one, `*relation` adds all fields of a relation; a plain list replaces the defaults'

/** How large a page of a route may be. */
export const maxLimitOf = (path: string) => (path.startsWith('/admin/') ? MAX_LIMIT.admin : MAX_LIMIT.store)

export interface ListOptions {
  /** What it can be filtered by, besides `id`. */
  filters?: z.ZodRawShape
  /** What a filter means that is no column or relation: `tag_id` → `{ tags: { id } }`. */
  filterAliases?: Record<string, (value: FilterValue) => Filters>
  limit?: number
  /** How large a page may be; default: 1,000, under `/admin` 10,000. */
  maxLimit?: number
  order?: string
}

/** Which fields an answer shows, of one as of many. */
export const selectingQuery = {
  fields: z.union([z.string(), z.array(z.string()).transform((lists) => lists.join(','))]).optional(),
}

/** A part of a list, so many of all. */
export const paging = (limit = 50, max: number = MAX_LIMIT.store) => ({
  limit: z.coerce.number().int().min(0).max(max).default(limit),
  offset: z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER).default(0),
})

/** The envelope of a list. */
export const pageOf = <T extends z.ZodType>(many: string, row: T) =>
  z.object({ [many]: z.array(row), count: z.number(), limit: z.number(), offset: z.number() })

/** The query of a list; unknown keys are refused. */
export function listQuery({
  filters = {},
  limit = 50,
  maxLimit,
  order,
  params = {},
}: ListOptions & { params?: z.ZodRawShape } = {}) {
  const shape = { id: filter.text(), ...filters }
  return z.strictObject({
    ...selectingQuery,
    q: z.string().optional(),
    order: order === undefined ? z.string().optional() : z.string().default(order),
    ...paging(limit, maxLimit),
    with_deleted: filter.flag(),
    ...params,
    ...shape,
    ...filter.alternatives(shape, MAX_NESTED),
  })
}

export type ListQuery = ReturnType<typeof listQuery>

/** @throws Problem `invalid_data` with the issues of the query string. */
export function valid<S extends z.ZodType>(c: Context<AppEnv>, schema: S): z.output<S> {
  const { url } = c.req
  const at = url.indexOf('?')
  const raw = at === -1 ? {} : parseQueryString(url.slice(at + 1).split('#', 1)[0]!)
  if (c.get('publishable')) delete raw.locale // every request of a storefront may say it (`http-semantics.md` 1)
  const result = schema.safeParse(raw)
  if (!result.success) throw invalidRequest(result.error.issues, raw)
  return result.data
}

const PARTS = { type: 'array' as const, items: { type: 'object' as const } }

/** A query's documentation: operators and lists in brackets. */
export function parametersOf(schema: z.ZodObject) {
  return Object.entries(schema.shape).map(([name, one]) => ({
    name,
    in: 'query' as const,
    required: !(one as z.ZodType).safeParse(undefined).success,
    ...documented(name, one as z.ZodType),
    ...(name === 'fields' && { description: FIELDS }),
    ...(name === 'q' && { description: 'Full-text search: every word must match' }),
    ...(name === 'order' && {
      description: 'The field to sort by; with a leading `-` descending',
      example: '-created_at',
    }),
  }))
}

const schemas = new WeakMap<z.ZodType, Record<string, unknown>>()

function documented(name: string, one: z.ZodType) {
  if (name.startsWith('$')) return { schema: PARTS, style: 'deepObject' as const }
  const schema = schemas.get(one) ?? schemaOf(one)
  schemas.set(one, schema)
  return {
    schema,
    ...((schema.anyOf !== undefined || schema.properties !== undefined) && { style: 'deepObject' as const }),
  }
}

function schemaOf(one: z.ZodType): Record<string, unknown> {
  const { $schema: _, ...schema } = z.toJSONSchema(one, { io: 'input', unrepresentable: 'any' })
  return schema
}
