/** The query schemas of reads: fields, filters, order, page. */
import { z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import type { Filters, FilterValue } from '../query.ts'
import * as filter from './filters.ts'
import { parseQueryString } from './query-string.ts'
import type { AppEnv } from './router.ts'
import { invalidRequest } from './validation.ts'

/** Dashboards request all rows of small tables with a large page. Storefronts are public, so their limit is lower. */
const MAX_LIMIT = { admin: 10_000, store: 1000 }
const MAX_NESTED = 2
const FIELDS =
  'The fields to return: `+a` adds a field, `-a` removes one, `*relation` adds all fields of a relation; a plain list replaces the defaults'

/** The largest page of a route. */
export const maxLimitOf = (path: string) => (path.startsWith('/admin/') ? MAX_LIMIT.admin : MAX_LIMIT.store)

export interface ListRouteOptions {
  /** The filters besides `id`. */
  filters?: z.ZodRawShape
  /** Filters that are no column or relation → filters of the entity: `tag_id` → `{ tags: { id } }`. */
  filterAliases?: Record<string, (value: FilterValue) => Filters>
  /** default: 50 */
  limit?: number
  /** The largest page; default: 1,000, under `/admin` 10,000 */
  maxLimit?: number
  /** default: the id */
  order?: string
}

/** The query parameters of every read. */
export const selectingQuery = {
  fields: z.union([z.string(), z.array(z.string()).transform((lists) => lists.join(','))]).optional(),
}

/** The query parameters of a page. */
export const paging = (limit = 50, max: number = MAX_LIMIT.store) => ({
  limit: z.coerce.number().int().min(0).max(max).default(limit),
  offset: z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER).default(0),
})

/** The envelope of a list. */
export const pageSchema = <T extends z.ZodType>(many: string, row: T) =>
  z.object({ [many]: z.array(row), count: z.number(), limit: z.number(), offset: z.number() })

/** The query schema of a list; unknown keys are refused. */
export function listQuery({
  filters = {},
  limit = 50,
  maxLimit,
  order,
  params = {},
}: ListRouteOptions & { params?: z.ZodRawShape } = {}) {
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
  if (c.get('publishable')) delete raw.locale // allowed in every storefront request, and ignored
  const result = schema.safeParse(raw)
  if (!result.success) throw invalidRequest(result.error.issues, raw)
  return result.data
}

const PARTS = { type: 'array' as const, items: { type: 'object' as const } }

/** Documents the query parameters of a schema: operators and lists in brackets. */
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
