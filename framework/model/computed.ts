/** Fields that are not stored but computed on read. */
import { type RawBuilder, sql } from 'kysely'
import type { ColumnType } from './model.ts'

/** What the expression of a field can refer to. All values are bound parameters. */
export interface SqlScope {
  /** A column of the row that the field belongs to. */
  column(name: string): RawBuilder<unknown>
  /** A value of the request's context, such as `currency_code`, or null. Cast it: `${context('n')}::int`. */
  context(name: string): RawBuilder<unknown>
  /** Whether the request's context has that value. Each combination of values is a statement of its own. */
  hasContext(name: string): boolean
  /** The table of an entity. The expression has to check `deleted_at` itself. */
  table(entity: string): RawBuilder<unknown>
}

/** Computed by Postgres for all rows of an answer at once. Can be filtered and ordered by. */
export interface SqlField<T = unknown> {
  readonly kind: 'sql'
  readonly type: ColumnType
  readonly expression: (scope: SqlScope) => RawBuilder<unknown>
  /** The condition that a row has the field; other rows are shown without it. */
  readonly applies?: (scope: SqlScope) => RawBuilder<unknown>
  /** Only for the types. */
  readonly _?: T
}

type Fields = Record<string, unknown>

/** Computed from other fields by a pure function. */
export interface PureField<T = unknown> {
  readonly kind: 'pure'
  /** Paths as in `fields`: `quantity`, `items.unit_price`, `items.adjustments.*`. They are loaded, and removed from the answer again. */
  readonly needs: readonly string[]
  readonly compute: (row: never, context: Fields) => T
}

export type Computed<T = unknown> = SqlField<T> | PureField<T>

/** The TypeScript type of each SQL type in an answer. */
interface AnswerTypes {
  text: string
  integer: number
  double: number
  numeric: number
  boolean: boolean
  json: unknown
  timestamptz: string
}

/**
 * Declares a field computed by an SQL expression.
 *
 * @example computedBySql('integer', ({ column, table }) =>
 *   sql`(select count(*) from ${table('variant')} v where v.product_id = ${column('id')} and v.deleted_at is null)`)
 */
export function computedBySql<K extends ColumnType>(
  type: K,
  expression: SqlField['expression'],
): SqlField<AnswerTypes[K] | null>
/** Like above, with the type of the answer given: for JSON, or for what is never null. */
export function computedBySql<T>(type: ColumnType, expression: SqlField['expression']): SqlField<T>
export function computedBySql(type: ColumnType, expression: SqlField['expression']): SqlField {
  return { kind: 'sql', type, expression }
}

/** Declares a number computed by SQL that only the rows have which match `applies`. */
export function computedNumberIf(
  applies: SqlField['expression'],
  expression: SqlField['expression'],
): SqlField<number | null | undefined> {
  const guarded: SqlField['expression'] = (scope) => sql`case when ${applies(scope)} then (${expression(scope)}) end`
  return { kind: 'sql', type: 'numeric', expression: guarded, applies }
}

/**
 * Declares a field computed by a pure function.
 *
 * @example total: computedFrom(['unit_price', 'quantity'], (line: Line) => line.unit_price * line.quantity)
 */
export function computedFrom<R, T>(needs: readonly string[], compute: (row: R, context: Fields) => T): PureField<T> {
  return { kind: 'pure', needs, compute: compute as PureField<T>['compute'] }
}
