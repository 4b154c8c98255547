/** What can be asked of the query layer; `query/` is it. */
import type { AnyDatabase } from './database.ts'
import type { LockMode, Locks } from './model/lock-rows.ts'
import type { Shape } from './shape.ts'

/** The limit of a question of which no row may be missing. */
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

/** Which fields a route gives, and which can be asked for (`docs/queries.md`). */
export interface FieldsConfig {
  readonly defaults: readonly string[]
  /** What is asked for and is not literally here is dropped; an order by it is refused. */
  readonly allowed?: readonly string[]
  /** What has one of these as a segment of its path is dropped. */
  readonly disallowed?: readonly string[]
  /** The same, for routes that have no list of what is allowed. */
  readonly restricted?: readonly string[]
  /** How many relations deep a field may be. */
  readonly maxRelations?: number
}

export interface Selecting {
  /** In the language of `fields`, or a list of paths, which must exist. Default: all own columns. */
  fields?: string | readonly string[]
  /** Of the route, where `fields` comes from outside. */
  config?: FieldsConfig
  filters?: Filters
  /** Also those that are deleted. */
  withDeleted?: boolean
  /** Entity → what there is of it for this read, wherever it stands: asked for, related, filtered or ordered by. */
  only?: Readonly<Record<string, Filters>>
  /** Relations of the entity to itself that go on to their end, such as the children of a category. */
  deep?: readonly string[]
  /** What computed fields may need, such as `region_id`. */
  context?: Readonly<Record<string, unknown>>
}

export interface Listing extends Selecting {
  /** Free text: every word must be found in some searchable column. */
  q?: string
  /** A field, with `-` in front for descending; through to-one relations with dots. The id where it is left out. */
  order?: string | readonly string[]
  /** 50 where it is left out. */
  limit?: number
  offset?: number
}

export interface Retrieving extends Selecting {
  /** The column that is asked by, where it is not `id`. */
  key?: string
  /** What the refusal says where it is not there. */
  missing?: (id: string) => string
}

export type Fields = Record<string, unknown>

/** What is asked for is said by the shape. */
export type ShapedListing = Omit<Listing, 'fields' | 'config' | 'deep'>
export type ShapedRetrieving = Omit<Retrieving, 'fields' | 'config' | 'deep'>
/** Of all rows that match. */
export type Finding = Omit<ShapedListing, 'filters' | 'limit' | 'offset'>

/** Every read. An entity's name is its table's, or `<module>.<table>` where several modules have such a table. */
export interface Query {
  /**
   * All rows that match, whatever their number: facts must not be cut off at a page. In no order, unless one is asked for. Where a
   * filter is an empty list, also of what is related, nothing is asked; ids that are missing, or said twice, do no harm.
   *
   * @example const products = await query.find(shape('product', { id: true, variants: [{ id: true }] }), { id: ids })
   */
  find<T>(shape: Shape<T>, filters?: Filters, finding?: Finding): Promise<T[]>
  /** The first of them, by the id unless another order is asked for. */
  first<T>(shape: Shape<T>, filters?: Filters, finding?: Finding): Promise<T | undefined>
  list<T>(shape: Shape<T>, listing?: ShapedListing): Promise<{ rows: T[]; count: number }>
  /** The same of an entity whose name is only known at run time: rows of unknown values. */
  list(entity: string, listing?: Listing): Promise<{ rows: Fields[]; count: number }>
  /** @throws Problem `not_found` */
  retrieve<T>(shape: Shape<T>, id: string, retrieving?: ShapedRetrieving): Promise<T>
  retrieve(entity: string, id: string, retrieving?: Retrieving): Promise<Fields>
  /** The rows as JSON text: that of Postgres, untouched, where nothing has to be added. */
  listJson(entity: string, listing?: Listing): Promise<{ json: string; count: number }>
  /** @throws Problem `not_found` */
  retrieveJson(entity: string, id: string, retrieving?: Retrieving): Promise<string>
  /**
   * In a step, locks rows until it ends. Always in the same order, that of the project's modules and their models, then of ids, so
   * that steps that lock the same rows do not deadlock.
   *
   * @param mode default: `update`
   * @returns entity → ids that do not exist; only entities of which one is missing.
   */
  lock(rows: Locks, mode?: LockMode): Promise<Record<string, string[]>>
  /** @throws Problem `invalid_data` where the fields are too many or too deep. */
  refuseFields(selecting: Pick<Selecting, 'fields' | 'config'>): void
  /** Every entity as a schema of OpenAPI, by name; they refer to each other. */
  describe(): Record<string, object>
  /** The same on another connection: facts for a decision are read in the transaction that acts on them. */
  on(executor: AnyDatabase): Query
}
