/** Pieces of SQL: tables, columns, joins along relations, and slots for values. */
import { type RawBuilder, sql } from 'kysely'
import { apiDecimal, isoTime } from '../framework/database.ts'
import type { SqlScope } from '../framework/model/computed.ts'
import type { ColumnType } from '../framework/model/model.ts'
import type { Entities, Entity, Hop } from './entities.ts'
import { sqlFieldOf } from './selection.ts'

export type Sql = RawBuilder<unknown>

/** The values that a statement is sent with. */
export interface StatementInput {
  /** The values of the filters, by number. */
  values: readonly unknown[]
  /** `%word%` of each word of `q`. */
  words: readonly string[]
  context: Readonly<Record<string, unknown>>
  offset: number
  id: string
}

/** A placeholder for a bound parameter. */
export class Slot {
  readonly pick: (input: StatementInput) => unknown

  constructor(pick: (input: StatementInput) => unknown) {
    this.pick = pick
  }
}

export const slot = (pick: (input: StatementInput) => unknown): Sql => sql`${new Slot(pick)}`

/** The state of compiling one statement. */
export interface Scope {
  entities: Entities
  withDeleted: boolean
  /** An additional condition for all rows of an entity (`only`). */
  only(entity: Entity, alias: string): Sql | undefined
  /** The names of the context's values. */
  contextNames: readonly string[]
  /** A new table alias, which no column has as its name. */
  alias(): string
}

export function createScope(entities: Entities, withDeleted: boolean, contextNames: readonly string[]): Scope {
  let count = 0
  return { entities, withDeleted, contextNames, only: () => undefined, alias: () => `_${++count}` }
}

export function tableOf({ schema, model }: Entity): Sql {
  return sql.id(schema, model.table)
}

/** Joins the row of an id by an index lookup: `offset 0` keeps Postgres from reading the whole table instead. */
export function joinRowById(entity: Entity, row: string, id: Sql): Sql {
  return sql`cross join lateral (
    select * from ${tableOf(entity)} as ${sql.id(row)} where ${sql.id(row, 'id')} = ${id} offset 0
  ) as ${sql.id(row)}`
}

/** The value of a column or a computed field, for comparisons. */
export function valueAt(scope: Scope, entity: Entity, alias: string, name: string): Sql {
  const field = sqlFieldOf(entity, name)
  return field ? sql`(${field.expression(sqlScope(scope, alias))})` : sql.id(alias, name)
}

function sqlScope(scope: Scope, alias: string): SqlScope {
  return {
    column: (column) => sql.id(alias, column),
    // A missing value is a literal null, so that Postgres can plan without the conditions on it.
    context: (key) => (scope.contextNames.includes(key) ? slot(({ context }) => context[key] ?? null) : sql`null`),
    hasContext: (key) => scope.contextNames.includes(key),
    table: (other) => tableOf(scope.entities.get(other)),
  }
}

/** The value of a field for answers: times in ISO 8601 in UTC with milliseconds. */
export function shownValue(scope: Scope, entity: Entity, alias: string, name: string): Sql {
  const value = valueAt(scope, entity, alias, name)
  const type = sqlFieldOf(entity, name)?.type ?? entity.model.columns[name]?.type
  if (type === 'timestamptz') return isoTime(value)
  return entity.model.columns[name]?.isBig ? apiDecimal(value) : value
}

/** Marks a field that a row does not have. */
const ABSENT = sql.lit('NaN')

/** The value of a field for select lists; `rowJson` leaves out absent fields. */
export function selectedValue(scope: Scope, entity: Entity, alias: string, name: string): Sql {
  const applies = sqlFieldOf(entity, name)?.applies
  const value = shownValue(scope, entity, alias, name)
  return applies ? sql`case when ${applies(sqlScope(scope, alias))} then ${value} else ${ABSENT} end` : value
}

/** A row of a select list as JSON, without absent fields. @param whole the expression to use if no field can be absent. */
export function rowJson(
  { entity, fields }: { entity: Entity; fields: Iterable<string> },
  record: string,
  whole = sql`row_to_json(${sql.id(record)})`,
): Sql {
  const partial = [...fields].filter((name) => sqlFieldOf(entity, name)?.applies)
  if (partial.length === 0) return whole
  const json = sql`row_to_json(${sql.id(record)})`
  const missing = partial.map((name) => sql`case when ${sql.id(record, name)} = ${ABSENT} then ${sql.lit(name)} end`)
  const names = sql`array_remove(array[${sql.join(missing)}], null)`
  return sql`case when cardinality(${names}) > 0 then (${json}::jsonb - ${names})::json else ${json} end`
}

/** The value of a field as text, for patterns. */
export function asText(scope: Scope, entity: Entity, alias: string, name: string, type: ColumnType): Sql {
  return type === 'text' ? valueAt(scope, entity, alias, name) : sql`(${shownValue(scope, entity, alias, name)})::text`
}

/** The condition that a row is part of this read: not deleted, and within `only`. */
export function isPresent(scope: Scope, entity: Entity, alias: string): Sql | undefined {
  const hidesDeleted = !scope.withDeleted && 'deleted_at' in entity.model.columns
  const conditions = [hidesDeleted ? sql`${sql.id(alias, 'deleted_at')} is null` : undefined, scope.only(entity, alias)]
  return conditions.some((condition) => condition !== undefined) ? and(conditions) : undefined
}

export function and(conditions: (Sql | undefined)[]): Sql {
  const all = conditions.filter((condition) => condition !== undefined)
  return all.length > 0 ? sql.join(all, sql` and `) : sql`true`
}

/** The tables along a relation, joined to a row of another table. */
export interface Joined {
  from: Sql
  where: Sql
  /** The alias of the last table. */
  alias: string
  entity: Entity
  orders: Sql[]
}

export function join(scope: Scope, hops: readonly Hop[], parent: string): Joined {
  const aliases = hops.map(() => scope.alias())
  const [first, ...rest] = hops.map((hop, i) => ({ ...hop, alias: aliases[i]!, before: aliases[i - 1] ?? parent })) as [
    Hop & { alias: string; before: string },
    ...(Hop & { alias: string; before: string })[],
  ]
  const on = (hop: typeof first) =>
    and([sql`${sql.id(hop.alias, hop.to)} = ${sql.id(hop.before, hop.from)}`, isPresent(scope, hop.entity, hop.alias)])
  const tables = rest.map((hop) => sql`join ${tableOf(hop.entity)} as ${sql.id(hop.alias)} on ${on(hop)}`)
  const alias = aliases.at(-1)!
  return {
    from: sql.join([sql`${tableOf(first.entity)} as ${sql.id(first.alias)}`, ...tables], sql` `),
    where: on(first),
    alias,
    entity: hops.at(-1)!.entity,
    orders: [first, ...rest].flatMap((hop) => (hop.order ? [sql.id(hop.alias, hop.order)] : [])),
  }
}
