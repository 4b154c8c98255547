/** The interface of the query layer, which `query/` implements. */
import type { AnyDatabase } from './database.ts'
import type { LockMode, Locks } from './model/lock-rows.ts'
import type { Shape } from './shape.ts'

/** The limit of a list that must contain all rows. */
export const ALL = 2 ** 31 - 1

/** One value, several (any of them), or operators. */
export type FilterValue = Scalar | readonly (Scalar | undefined)[] | Filters
export type Scalar = string | number | boolean | null

/**
 * Columns, relations and `$and`, `$or`, `$not`:
 * `{ title: 'a', rank: { $gt: 3 }, variants: { sku: ['x', 'y'] }, $or: [{ … }, { … }] }`
 */
export interface Filters {
  readonly [name: string]: FilterValue | readonly Filters[] | undefined
}

/** The default fields of a route and the fields that callers can request (`docs/queries.md`). */
export interface FieldsConfig {
  readonly defaults: readonly string[]
  /** Requested fields that are not in this list are ignored, and an order by them is refused. */
  readonly allowed?: readonly string[]
  /** Requested paths with one of these segments are ignored. */
  readonly disallowed?: readonly string[]
  /** Like `disallowed`, for routes without `allowed`. */
  readonly restricted?: readonly string[]
  /** How many relations deep a field may be; default: 8 */
  readonly maxRelations?: number
}

export interface SelectOptions {
  /** A caller's `fields`, or a list of paths that must exist; default: all own fields */
  fields?: string | readonly string[]
  /** The route's fields, if `fields` comes from a caller. */
  config?: FieldsConfig
  filters?: Filters
  /** Includes soft-deleted rows; default: false */
  withDeleted?: boolean
  /** Entity → filters for all its rows in this read, also as a relation, in filters and in the order. */
  only?: Readonly<Record<string, Filters>>
  /** Relations of the entity to itself to follow to their end, such as the children of a category. */
  deep?: readonly string[]
  /** Values for computed fields, such as `region_id`. */
  context?: Readonly<Record<string, unknown>>
}

export interface ListOptions extends SelectOptions {
  /** Free text: each word must occur in a searchable column. */
  q?: string
  /** A field, with the prefix `-` for descending, also along relations: `type.value`; default: the id */
  order?: string | readonly string[]
  /** default: 50 */
  limit?: number
  offset?: number
}

export interface RetrieveOptions extends SelectOptions {
  /** The column to look up by; default: `id` */
  key?: string
  /** The text of the problem if the row does not exist. */
  missing?: (id: string) => string
}

export type Fields = Record<string, unknown>

/** Options of a list by shape. */
export type ShapedListOptions = Omit<ListOptions, 'fields' | 'config' | 'deep'>
export type ShapedRetrieveOptions = Omit<RetrieveOptions, 'fields' | 'config' | 'deep'>
/** Options of `find` and `first`. */
export type FindOptions = Omit<ShapedListOptions, 'filters' | 'limit' | 'offset'>

/** The query layer. An entity's name is its table, or `<module>.<table>` if several modules have such a table. */
export interface Query {
  /**
   * All rows that match, because facts must not be cut off at a page; default order: none. If a filter is an empty list, also in a
   * relation, the result is empty without a statement. Undefined and repeated ids are ignored.
   *
   * @example const products = await query.find(shape('product', { id: true, variants: [{ id: true }] }), { id: ids })
   */
  find<T>(shape: Shape<T>, filters?: Filters, finding?: FindOptions): Promise<T[]>
  /** The first row that matches; default order: the id */
  first<T>(shape: Shape<T>, filters?: Filters, options?: FindOptions): Promise<T | undefined>
  list<T>(shape: Shape<T>, options?: ShapedListOptions): Promise<{ rows: T[]; count: number }>
  /** Like above, for an entity whose name is known only at run time. */
  list(entity: string, options?: ListOptions): Promise<{ rows: Fields[]; count: number }>
  /** @throws Problem `not_found` */
  retrieve<T>(shape: Shape<T>, id: string, options?: ShapedRetrieveOptions): Promise<T>
  retrieve(entity: string, id: string, options?: RetrieveOptions): Promise<Fields>
  /** The rows as JSON text, which is Postgres' own unless something has to be added. */
  listJson(entity: string, listing?: ListOptions): Promise<{ json: string; count: number }>
  /** @throws Problem `not_found` */
  retrieveJson(entity: string, id: string, retrieving?: RetrieveOptions): Promise<string>
  /**
   * In a step, locks rows until it ends. Always in the same order, that of the project's modules and their models, then of ids, so
   * that steps that lock the same rows do not deadlock.
   *
   * @param mode default: `update`
   * @returns entity → ids that do not exist; only entities of which one is missing.
   */
  lock(rows: Locks, mode?: LockMode): Promise<Record<string, string[]>>
  /** @throws Problem `invalid_data` if there are too many fields, or a field is too deep. */
  refuseFields(selecting: Pick<SelectOptions, 'fields' | 'config'>): void
  /** Every entity as a schema of OpenAPI, by name; they refer to each other. */
  describe(): Record<string, object>
  /** The same on another connection: facts for a decision are read in the transaction that acts on them. */
  on(executor: AnyDatabase): Query
}
