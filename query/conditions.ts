/** Compiles conditions to SQL: filters, and the free text of `q`. */
import { sql } from 'kysely'
import { type ColumnType, isVisible } from '../framework/model/model.ts'
import type { Entity, EntityRelation } from './entities.ts'
import { and, asText, join, type Scope, type Sql, slot, tableOf, valueAt } from './expressions.ts'
import { type Comparison, type Condition, typeOf } from './filters.ts'

export function conditionOf(scope: Scope, entity: Entity, alias: string, condition: Condition): Sql {
  const of = (part: Condition) => conditionOf(scope, entity, alias, part)
  if ('all' in condition) return and(condition.all.map(of))
  if ('any' in condition)
    return condition.any.length > 0 ? sql`(${sql.join(condition.any.map(of), sql` or `)})` : sql`false`
  if ('not' in condition) return sql`(${of(condition.not)}) is not true`
  if ('relation' in condition) return relationCondition(scope, entity, alias, condition)
  const { field, key } = condition
  const type = key === undefined ? typeOf(entity, field)! : 'text'
  const text = key === undefined ? asText(scope, entity, alias, field, type) : jsonKeyText(alias, field, key)
  const value = key === undefined ? valueAt(scope, entity, alias, field) : text
  if ('isNull' in condition) return condition.isNull ? sql`${value} is null` : sql`${value} is not null`
  return comparison(condition.op, { value, text, type }, condition.value)
}

/** The value of a key of a JSON object, as text. */
function jsonKeyText(alias: string, field: string, key: number): Sql {
  return sql`(${sql.id(alias, field)} ->> ${slot(({ values }) => values[key])}::text)`
}

function relationCondition(
  scope: Scope,
  entity: Entity,
  alias: string,
  condition: Condition & { relation: string },
): Sql {
  const relation = entity.relations.get(condition.relation)!
  const joined = join(scope, relation.hops, alias)
  const where = 'where' in condition ? conditionOf(scope, joined.entity, joined.alias, condition.where) : sql`true`
  const exists = sql`exists (select from ${joined.from} where ${joined.where} and ${where})`
  return 'absent' in condition ? sql`not ${exists}` : exists
}

/** The types of parameters, wide enough for any value. */
const CASTS: Record<ColumnType, Sql> = {
  text: sql`text`,
  integer: sql`bigint`,
  double: sql`double precision`,
  numeric: sql`numeric`,
  boolean: sql`boolean`,
  json: sql`jsonb`,
  timestamptz: sql`timestamptz`,
}

function comparison(op: Comparison, left: { value: Sql; text: Sql; type: ColumnType }, number: number): Sql {
  const { value } = left
  const right = slot(({ values }) => values[number])
  const cast = CASTS[left.type]
  if (left.type === 'timestamptz') return timeComparison(op, value, right) ?? plainComparison(op, left, right, cast)
  return plainComparison(op, left, right, cast)
}

/**
 * Times are shown in milliseconds, and so compared in milliseconds, although a column can have microseconds: a caller that asks for
 * what is later than the last row it saw does not get that row again.
 */
function timeComparison(op: Comparison, value: Sql, right: Sql): Sql | undefined {
  const at = sql`${right}::timestamptz`
  const next = sql`(${right}::timestamptz + interval '1 ms')`
  switch (op) {
    case '$eq':
      return sql`(${value} >= ${at} and ${value} < ${next})`
    case '$ne':
      return sql`(${value} < ${at} or ${value} >= ${next})`
    case '$gt':
      return sql`${value} >= ${next}`
    case '$lte':
      return sql`${value} < ${next}`
    case '$in':
      return sql`date_trunc('milliseconds', ${value}) = any(${right}::timestamptz[])`
    case '$nin':
      return sql`date_trunc('milliseconds', ${value}) <> all(${right}::timestamptz[])`
    default:
      return undefined
  }
}

function plainComparison(op: Comparison, { value, text }: { value: Sql; text: Sql }, right: Sql, cast: Sql): Sql {
  switch (op) {
    case '$eq':
      return sql`${value} = ${right}::${cast}`
    case '$ne':
      return sql`${value} <> ${right}::${cast}`
    case '$in':
      return sql`${value} = any(${right}::${cast}[])`
    case '$nin':
      return sql`${value} <> all(${right}::${cast}[])`
    case '$gt':
      return sql`${value} > ${right}::${cast}`
    case '$gte':
      return sql`${value} >= ${right}::${cast}`
    case '$lt':
      return sql`${value} < ${right}::${cast}`
    case '$lte':
      return sql`${value} <= ${right}::${cast}`
    case '$like':
      return sql`${text} like ${right}::text`
    case '$ilike':
      return sql`${text} ilike ${right}::text`
    case '$re':
      return sql`${text} ~ ${right}::text`
    case '$contains':
      return sql`${value} @> ${right}::jsonb`
  }
}

const MAX_SEARCH_DEPTH = 3

/** One condition per word of `q`: a searchable column of the entity or of a searchable relation contains it. */
export function searchConditions(scope: Scope, entity: Entity, alias: string, words: number): Sql[] {
  return Array.from({ length: words }, (_, i) => {
    const pattern = slot(({ words }) => words[i])
    return searchCondition(scope, entity, alias, pattern, [entity]) ?? sql`false`
  })
}

/**
 * Whether a row or its relations match the pattern. Each table is searched separately, by its own indexes, for the ids of the rows:
 * a condition on columns `or` an `exists` would be evaluated for each row.
 */
function searchCondition(scope: Scope, entity: Entity, alias: string, pattern: Sql, path: Entity[]): Sql | undefined {
  const own = (row: string) =>
    Object.entries(entity.model.columns)
      .filter(([, column]) => column.isSearchable && isVisible(column))
      .map(([name, { type }]) => sql`${asText(scope, entity, row, name, type)} ilike ${pattern}::text`)
  const related = [...entity.relations.values()].flatMap(
    (relation) => idsByRelation(scope, entity, relation, pattern, path) ?? [],
  )
  if (related.length === 0) return anyOf(own(alias))
  const row = scope.alias()
  const here = anyOf(own(row))
  const all = here ? [sql`select ${sql.id(row, 'id')} from ${tableOf(entity)} as ${sql.id(row)} where ${here}`] : []
  return sql`${sql.id(alias, 'id')} in (${sql.join([...all, ...related], sql` union all `)})`
}

/** The ids of the rows with related rows that match the pattern. */
function idsByRelation(
  scope: Scope,
  entity: Entity,
  relation: EntityRelation,
  pattern: Sql,
  path: Entity[],
): Sql | undefined {
  const { isSearchable, hops, outside } = relation
  const [first] = hops
  const target = hops.at(-1)?.entity
  if (!isSearchable || outside || !first || !target || path.includes(target) || path.length > MAX_SEARCH_DEPTH)
    return undefined
  const row = scope.alias()
  const joined = join(scope, hops, row)
  const matches = searchCondition(scope, target, joined.alias, pattern, [...path, target])
  if (!matches) return undefined
  const ids = sql`select ${sql.id(row, 'id')} from ${tableOf(entity)} as ${sql.id(row)}, ${joined.from}`
  return sql`${ids} where ${joined.where} and ${matches}`
}

function anyOf(conditions: Sql[]): Sql | undefined {
  return conditions.length > 0 ? sql`(${sql.join(conditions, sql` or `)})` : undefined
}
