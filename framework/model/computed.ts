/** Fields that are not stored but made when they are asked for. */
import { type RawBuilder, sql } from 'kysely'
import type { ColumnType } from './model.ts'

/** What the expression of a field can refer to; everything but columns and tables is bound. */
export interface SqlScope {
  /** A column of the row that the field belongs to. */
  column(name: string): RawBuilder<unknown>
  /** A value that the request brings, such as `currency_code`; null where it brings none. Cast it: `${context('n')}::int`. */
  context(name: string): RawBuilder<unknown>
  /** Whether it brings that value: a statement is composed for requests that bring the same. */
  brings(name: string): boolean
  /** The table of an entity. Its `deleted_at` is the expression's own business. */
  table(entity: string): RawBuilder<unknown>
}

/** Made by Postgres, for all rows of an answer at once; it can be filtered and ordered by. */
export interface SqlField<T = unknown> {
  readonly kind: 'sql'
  readonly type: ColumnType
  readonly expression: (scope: SqlScope) => RawBuilder<unknown>
  /** Which rows have it: of the others' answers it is left out. */
  readonly applies?: (scope: SqlScope) => RawBuilder<unknown>
  /** Only for the types. */
  readonly _?: T
}

type Fields = Record<string, unknown>

/** Made from other fields, by a pure function of `rules/`. */
export interface PureField<T = unknown> {
  readonly kind: 'pure'
  /** In the language of `fields`: `quantity`, `items.unit_price`, `items.adjustments.*`. Loaded, and left out of the answer again. */
  readonly needs: readonly string[]
  readonly compute: (row: never, context: Fields) => T
}

export type Computed<T = unknown> = SqlField<T> | PureField<T>

/** What an expression of a type comes to in an answer. */
interface Answers {
  text: string
  integer: number
  double: number
  numeric: number
  boolean: boolean
  json: unknown
  timestamptz: string
}

/**
 * A field that is a set operation.
 *
 * @example computedBySql('integer', ({ column, table }) =>
 *   sql`(select count(*) from ${table('variant')} v where v.product_id = ${column('id')} and v.deleted_at is null)`)
 */
export function computedBySql<K extends ColumnType>(
  type: K,
  expression: SqlField['expression'],
): SqlField<Answers[K] | null>
/** The same, where it is known what it comes to: of JSON, or of what is never null. */
export function computedBySql<T>(type: ColumnType, expression: SqlField['expression']): SqlField<T>
export function computedBySql(type: ColumnType, expression: SqlField['expression']): SqlField {
  return { kind: 'sql', type, expression }
}

/** The same, of a number that only some rows have: `applies` says which. */
export function numberWhere(
  applies: SqlField['expression'],
  expression: SqlField['expression'],
): SqlField<number | null | undefined> {
  const known: SqlField['expression'] = (scope) => sql`case when ${applies(scope)} then (${expression(scope)}) end`
  return { kind: 'sql', type: 'numeric', expression: known, applies }
}

/**
 * A field that is arithmetic.
 *
 * @example total: computedFrom(['unit_price', 'quantity'], (line: Line) => line.unit_price * line.quantity)
 */
export function computedFrom<R, T>(needs: readonly string[], compute: (row: R, context: Fields) => T): PureField<T> {
  return { kind: 'pure', needs, compute: compute as PureField<T>['compute'] }
}
