/**
 * Compiles a read to one statement, which first picks the page and then makes the JSON of its rows only.
 *
 * Relations are subqueries in the select list, not joins, so that no plan can lose the order of the page.
 */
import { type CompiledQuery, sql } from 'kysely'
import type { AnyDatabase } from '../framework/database.ts'
import { conditionOf, searchConditions } from './conditions.ts'
import type { Entities, Entity, EntityRelation, Hop } from './entities.ts'
import {
  and,
  createScope,
  isPresent,
  join,
  joinRowById,
  rowJson,
  type Scope,
  Slot,
  type Sql,
  type StatementInput,
  selectedValue,
  slot,
  tableOf,
  valueAt,
} from './expressions.ts'
import { orderRefused } from './fields.ts'
import { type Condition, typeOf, unknownColumn } from './filters.ts'
import type { Page, PagePlanner } from './page-planner.ts'
import type { Selected, Selection } from './selection.ts'
import { byTally } from './tally.ts'

/** The part of a read that determines the text of its statement. */
export interface StatementShape {
  selection: Selection
  condition: Condition
  withDeleted: boolean
  only: ReadonlyMap<Entity, Condition>
  /** The names of the context's values. */
  contextNames: readonly string[]
}

export interface ListShape extends StatementShape {
  order: readonly string[]
  words: number
  /** Part of the text: with a parameter, Postgres would plan for a tenth of the table, and plan each statement again. */
  limit: number
  isFirstPage: boolean
}

/** A statement to send with different values. */
export interface Statement {
  text: string
  parameters: (input: StatementInput) => unknown[]
}

/** The first planner that can page a list does; default: by the entity's own table. */
const PLANNERS: readonly PagePlanner[] = [byTally]

/** Returns one row: `json`, the page, and `count`, the number of all matches. */
export function listStatement(db: AnyDatabase, entities: Entities, shape: ListShape): Statement {
  const scope = scopeOf(entities, shape)
  const { entity } = shape.selection
  const [row, matches] = [scope.alias(), scope.alias()]
  const from = sql`from ${tableOf(entity)} as ${sql.id(row)} where ${and([
    isPresent(scope, entity, row),
    conditionOf(scope, entity, row, shape.condition),
    ...searchConditions(scope, entity, row, shape.words),
  ])}`
  const keys = orderOf(scope, entity, row, shape.order)
  const listed = sql`select ${sql.id(row, 'id')}, ${sql.join(keys.map(({ value, name }) => sql`${value} as ${name}`))}`
  const paged = sql`order by ${sql.join(keys.map(({ name, direction }) => sql`${name} ${direction}`))}
    limit ${sql.lit(shape.limit)} ${shape.isFirstPage ? sql`` : sql`offset ${slot(({ offset }) => offset)}`}`
  for (const planner of PLANNERS) {
    const planned = planner(scope, shape, { row, listed, paged, key: keys[0]!.name })
    if (planned) return compilePage(db, scope, shape, keys, planned)
  }
  if (!readsOtherTables(shape)) {
    const page = sql`${listed} ${from} ${paged}`
    return compilePage(db, scope, shape, keys, { page, count: sql`select count(*) ${from}` })
  }
  const before = sql`with ${sql.id(matches)} as materialized (${listed} ${from})`
  const page = sql`select * from ${sql.id(matches)} ${paged}`
  return compilePage(db, scope, shape, keys, { before, page, count: sql`select count(*) from ${sql.id(matches)}` })
}

function compilePage(
  db: AnyDatabase,
  scope: Scope,
  { selection }: ListShape,
  keys: Key[],
  { before, page, count }: Page,
): Statement {
  const [ids, row] = [scope.alias(), scope.alias()]
  const rows = sql`
    select ${selectList(scope, selection, row)} from (
      select ${sql.id(row)}.* from (${page}) as ${sql.id(ids)} ${joinRowById(selection.entity, row, sql.id(ids, 'id'))}
      order by ${sql.join(keys.map(({ name, direction }) => sql`${name} ${direction}`))}
    ) as ${sql.id(row)}`
  return compileStatement(
    db,
    sql`${before ?? sql``} select (${count})::int as count, (${jsonList(scope, selection, rows)})::text as json`,
  )
}

/** Whether matches depend on other tables. If so they are collected once, to be counted and paged. */
function readsOtherTables({ words, condition, only, selection }: ListShape): boolean {
  return words > 0 || hasRelation(condition) || hasRelation(only.get(selection.entity))
}

function hasRelation(condition: Condition | undefined): boolean {
  if (!condition) return false
  if ('all' in condition) return condition.all.some(hasRelation)
  if ('any' in condition) return condition.any.some(hasRelation)
  if ('not' in condition) return hasRelation(condition.not)
  return 'relation' in condition
}

/** Returns one row with `json`, or none. */
export function retrieveStatement(db: AnyDatabase, entities: Entities, shape: StatementShape, key: string): Statement {
  const scope = scopeOf(entities, shape)
  const { entity } = shape.selection
  const [row, record] = [scope.alias(), scope.alias()]
  const where = and([
    sql`${sql.id(row, key)} = ${slot(({ id }) => id)}::text`,
    isPresent(scope, entity, row),
    conditionOf(scope, entity, row, shape.condition),
  ])
  return compileStatement(
    db,
    sql`select (${rowJson(shape.selection, record)})::text as json from (
      select ${selectList(scope, shape.selection, row)} from ${tableOf(entity)} as ${sql.id(row)} where ${where} limit 1
    ) as ${sql.id(record)}`,
  )
}

/** The conditions of `only` are themselves evaluated without `only`. */
function scopeOf(entities: Entities, { withDeleted, only, contextNames }: StatementShape): Scope {
  const all = createScope(entities, withDeleted, contextNames)
  const onlyCondition = (entity: Entity, alias: string) => {
    const condition = only.get(entity)
    return condition && conditionOf(all, entity, alias, condition)
  }
  return { ...all, only: onlyCondition }
}

function compileStatement(db: AnyDatabase, statement: Sql): Statement {
  const { sql: text, parameters }: CompiledQuery = statement.compile(db)
  return {
    text,
    parameters: (input) => parameters.map((value) => (value instanceof Slot ? value.pick(input) : value)),
  }
}

/** The select list; empty if nothing is selected, which makes `{}`. */
function selectList(scope: Scope, { entity, fields, relations }: Selection, alias: string): Sql {
  const columns = [...fields].map((name) => sql`${selectedValue(scope, entity, alias, name)} as ${sql.id(name)}`)
  const related = [...relations.values()].map(
    (selected) => sql`(${relationJson(scope, selected, alias)}) as ${sql.id(selected.relation.name)}`,
  )
  return columns.length + related.length > 0 ? sql.join([...columns, ...related]) : sql``
}

function relationJson(scope: Scope, { relation, inside, isDeep, isStub }: Selected, parent: string): Sql {
  if (!inside) return outsideIds(scope, relation, parent)
  if (isStub) return stubJson(relation, parent)
  if (isDeep) return deepRelationJson(scope, relation, inside, parent)
  const { from, where, alias, orders } = join(scope, relation.hops, parent)
  const rows = sql`select ${selectList(scope, inside, alias)} from ${from} where ${where}`
  if (relation.isMany)
    return jsonList(scope, inside, sql`${rows} order by ${sql.join([...orders, sql.id(alias, 'id')])}`)
  const record = scope.alias()
  return sql`select ${rowJson(inside, record)} from (${rows} limit 1) as ${sql.id(record)}`
}

/** `{ id }` of the related row, without reading it. */
function stubJson({ hops }: EntityRelation, parent: string): Sql {
  const id = sql.id(parent, hops[0]!.from)
  return sql`case when ${id} is not null then json_build_object('id', ${id}) end`
}

/** All rows that a relation of an entity to itself reaches, in one list, with the keys by which `after.ts` nests them. */
function deepRelationJson(scope: Scope, { hops }: EntityRelation, inside: Selection, parent: string): Sql {
  const [{ entity, from, to, order }] = hops as [Hop]
  const [reached, first, next, row, record] = Array.from({ length: 5 }, () => scope.alias()) as [string, ...string[]]
  const follows = (alias: string, before: Sql) =>
    and([sql`${sql.id(alias, to)} = ${before}`, isPresent(scope, entity, alias)])
  const step = (alias: string) => sql`select ${sql.id(alias, 'id')}, ${sql.id(alias, from)} as next from`
  const json = sql`(select ${rowJson(inside, record!)} from (select ${selectList(scope, inside, row!)}) as ${sql.id(record!)})`
  const joined = sql`json_build_object('of', ${sql.id(row!, to)}, 'next', ${sql.id(row!, from)}, 'row', ${json})`
  return sql`
    with recursive ${sql.id(reached)} as (
      ${step(first!)} ${tableOf(entity)} as ${sql.id(first!)} where ${follows(first!, sql.id(parent, from))}
      union
      ${step(next!)} ${sql.id(reached)} join ${tableOf(entity)} as ${sql.id(next!)} on ${follows(next!, sql.id(reached, 'next'))}
    )
    select coalesce(json_agg(${joined} order by ${sql.join([order ?? 'id', 'id'].map((name) => sql.id(row!, name)))}), '[]')
    from ${sql.id(reached)} join ${tableOf(entity)} as ${sql.id(row!)} on ${sql.id(row!, 'id')} = ${sql.id(reached, 'id')}`
}

/** The ids of outside entities, which are fetched after the statement: one, or a list. */
function outsideIds(scope: Scope, { hops, outside, isMany }: EntityRelation, parent: string): Sql {
  const { column } = outside!
  if (hops.length === 0) return sql`${sql.id(parent, column)}`
  const { from, where, alias, orders } = join(scope, hops, parent)
  const id = sql.id(alias, column)
  const order = sql.join([...orders, sql.id(alias, 'id')])
  return isMany
    ? sql`select coalesce(json_agg(${id} order by ${order}), '[]') from ${from} where ${where}`
    : sql`select ${id} from ${from} where ${where} limit 1`
}

function jsonList(scope: Scope, selection: Selection, rows: Sql): Sql {
  const record = scope.alias()
  return sql`select coalesce(json_agg(${rowJson(selection, record, sql.id(record))}), '[]') from (${rows}) as ${sql.id(record)}`
}

/** An `order by` key, with a name for the statement. */
interface Key {
  name: Sql
  value: Sql
  direction: Sql
}

function orderOf(scope: Scope, entity: Entity, alias: string, order: readonly string[]): Key[] {
  const paths = order.map((term) => ({ path: term.replace(/^-/, '').split('.'), isDown: term.startsWith('-') }))
  const isById = paths.some(({ path }) => path.length === 1 && path[0] === 'id')
  const tie = isById ? [] : [{ path: ['id'], isDown: paths.at(-1)?.isDown ?? false }]
  return [...paths, ...tie].map(({ path, isDown }) => ({
    name: sql.id(scope.alias()),
    value: orderValue(scope, entity, alias, path, isDown ? sql`desc` : sql`asc`),
    direction: isDown ? sql`desc` : sql`asc`,
  }))
}

const MAX_ORDER_DEPTH = 4

/** The value to order by. If a relation has several rows, the first of them counts. */
function orderValue(scope: Scope, entity: Entity, alias: string, path: string[], direction: Sql, whole = path): Sql {
  const [name, ...rest] = path as [string, ...string[]]
  if (rest.length === 0) {
    const type = typeOf(entity, name)
    if (!type && !entity.relations.has(name) && !entity.computed.has(name)) throw unknownColumn(entity, whole.join('.'))
    if (!type || type === 'json') throw orderRefused(whole.join('.'))
    return valueAt(scope, entity, alias, name)
  }
  const relation = entity.relations.get(name)
  if (!relation) throw unknownColumn(entity, name)
  if (relation.outside || whole.length > MAX_ORDER_DEPTH) throw orderRefused(whole.join('.'))
  const joined = join(scope, relation.hops, alias)
  const value = orderValue(scope, joined.entity, joined.alias, rest, direction, whole)
  return sql`(select ${value} from ${joined.from} where ${joined.where} order by 1 ${direction} nulls last limit 1)`
}
