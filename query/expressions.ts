/** The small pieces of SQL: tables, columns, what hops join, and values that are given when a statement is sent. */
import { type RawBuilder, sql } from 'kysely'
import { isoTime, shownDecimal } from '../framework/database.ts'
import type { SqlScope } from '../framework/model/computed.ts'
import type { ColumnType } from '../framework/model/model.ts'
import type { Entities, Entity, Hop } from './entities.ts'
import { sqlFieldOf } from './selection.ts'

export type Sql = RawBuilder<unknown>

/** What one sending of a statement brings. */
export interface Given {
  /** Of the filters, by their numbers. */
  values: readonly unknown[]
  /** `%word%` of each word of `q`. */
  words: readonly string[]
  context: Readonly<Record<string, unknown>>
  offset: number
  id: string
}

/** A place in a statement for a value; always bound, never text. */
export class Slot {
  readonly pick: (given: Given) => unknown

  constructor(pick: (given: Given) => unknown) {
    this.pick = pick
  }
}

export const slot = (pick: (given: Given) => unknown): Sql => sql`${new Slot(pick)}`

/** What a statement is composed with. */
export interface Scope {
  entities: Entities
  withDeleted: boolean
  /** What there is of an entity for this read, besides what is not deleted. */
  only(entity: Entity, alias: string): Sql | undefined
  /** The names of the values that the request brings. */
  brought: readonly string[]
  /** A name for a table or a row that no column has. */
  alias(): string
}

export function createScope(entities: Entities, withDeleted: boolean, brought: readonly string[]): Scope {
  let count = 0
  return { entities, withDeleted, brought, only: () => undefined, alias: () => `_${++count}` }
}

export function tableOf({ schema, model }: Entity): Sql {
  return sql.id(schema, model.table)
}

/** The row of an id, looked for by it alone: whatever number of ids Postgres expects, it does not read the table for them. */
export function fetched(entity: Entity, row: string, id: Sql): Sql {
  return sql`cross join lateral (
    select * from ${tableOf(entity)} as ${sql.id(row)} where ${sql.id(row, 'id')} = ${id} offset 0
  ) as ${sql.id(row)}`
}

/** A column or a computed field, as it is compared. */
export function valueAt(scope: Scope, entity: Entity, alias: string, name: string): Sql {
  const field = sqlFieldOf(entity, name)
  return field ? sql`(${field.expression(sqlScope(scope, alias))})` : sql.id(alias, name)
}

/** What the expression of a computed field can refer to. */
function sqlScope(scope: Scope, alias: string): SqlScope {
  return {
    column: (column) => sql.id(alias, column),
    // What is not brought is null for good: Postgres plans without what would ask for it.
    context: (key) => (scope.brought.includes(key) ? slot(({ context }) => context[key] ?? null) : sql`null`),
    brings: (key) => scope.brought.includes(key),
    table: (other) => tableOf(scope.entities.get(other)),
  }
}

/** As it stands in an answer: points in time are ISO 8601 in UTC with milliseconds. */
export function shown(scope: Scope, entity: Entity, alias: string, name: string): Sql {
  const value = valueAt(scope, entity, alias, name)
  const type = sqlFieldOf(entity, name)?.type ?? entity.model.columns[name]?.type
  if (type === 'timestamptz') return isoTime(value)
  return entity.model.columns[name]?.isBig ? shownDecimal(value) : value
}

/** The number that says that a row does not have this field. */
const NOT_THERE = sql.lit('NaN')

/** As it stands in a select list: `rowJson` leaves out what is not there. */
export function selectedValue(scope: Scope, entity: Entity, alias: string, name: string): Sql {
  const applies = sqlFieldOf(entity, name)?.applies
  const value = shown(scope, entity, alias, name)
  return applies ? sql`case when ${applies(sqlScope(scope, alias))} then ${value} else ${NOT_THERE} end` : value
}

/** A row of a select list as JSON, without what is not there. @param whole the same where all rows have all fields. */
export function rowJson(
  { entity, fields }: { entity: Entity; fields: Iterable<string> },
  record: string,
  whole = sql`row_to_json(${sql.id(record)})`,
): Sql {
  const partial = [...fields].filter((name) => sqlFieldOf(entity, name)?.applies)
  if (partial.length === 0) return whole
  const json = sql`row_to_json(${sql.id(record)})`
  const missing = partial.map((name) => sql`case when ${sql.id(record, name)} = ${NOT_THERE} then ${sql.lit(name)} end`)
  const names = sql`array_remove(array[${sql.join(missing)}], null)`
  return sql`case when cardinality(${names}) > 0 then (${json}::jsonb - ${names})::json else ${json} end`
}

/** As text, for patterns. */
export function asText(scope: Scope, entity: Entity, alias: string, name: string, type: ColumnType): Sql {
  return type === 'text' ? valueAt(scope, entity, alias, name) : sql`(${shown(scope, entity, alias, name)})::text`
}

/** Whether a row is there for this read. */
export function present(scope: Scope, entity: Entity, alias: string): Sql | undefined {
  const hides = !scope.withDeleted && 'deleted_at' in entity.model.columns
  const conditions = [hides ? sql`${sql.id(alias, 'deleted_at')} is null` : undefined, scope.only(entity, alias)]
  return conditions.some((condition) => condition !== undefined) ? and(conditions) : undefined
}

export function and(conditions: (Sql | undefined)[]): Sql {
  const all = conditions.filter((condition) => condition !== undefined)
  return all.length > 0 ? sql.join(all, sql` and `) : sql`true`
}

/** What hops lead to, from a row of another table. */
export interface Joined {
  from: Sql
  where: Sql
  /** Of the last hop. */
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
    and([sql`${sql.id(hop.alias, hop.to)} = ${sql.id(hop.before, hop.from)}`, present(scope, hop.entity, hop.alias)])
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
