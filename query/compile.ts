/**
 * One statement per read: the page first, then the JSON of its rows only.
 *
 * What belongs to a row is a subquery in its select list, not a join: so no plan can lose the order of the page.
 */
import { type CompiledQuery, sql } from 'kysely'
import type { AnyDatabase } from '../framework/database.ts'
import { conditionOf, searched } from './conditions.ts'
import type { Entities, Entity, EntityRelation, Hop } from './entities.ts'
import {
  and,
  createScope,
  fetched,
  type Given,
  join,
  present,
  rowJson,
  type Scope,
  Slot,
  type Sql,
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

/** What makes a statement the one it is. */
export interface StatementShape {
  selection: Selection
  condition: Condition
  withDeleted: boolean
  only: ReadonlyMap<Entity, Condition>
  /** Which values computed fields are given. */
  brought: readonly string[]
}

export interface ListShape extends StatementShape {
  order: readonly string[]
  words: number
  /** Part of the shape: a plan for any limit would be one for a tenth of the table, and Postgres would plan anew each time. */
  limit: number
  isFirstPage: boolean
}

/** A statement, to be sent with other values each time. */
export interface Statement {
  text: string
  parameters: (given: Given) => unknown[]
}

/** The first that can page a list does; default: by the entity's own table. */
const PLANNERS: readonly PagePlanner[] = [byTally]

/** Answers with one row: `json`, the text of the page, and `count`, of all matches. */
export function listStatement(db: AnyDatabase, entities: Entities, shape: ListShape): Statement {
  const scope = scopeOf(entities, shape)
  const { entity } = shape.selection
  const [row, matches] = [scope.alias(), scope.alias()]
  const from = sql`from ${tableOf(entity)} as ${sql.id(row)} where ${and([
    present(scope, entity, row),
    conditionOf(scope, entity, row, shape.condition),
    ...searched(scope, entity, row, shape.words),
  ])}`
  const keys = orderOf(scope, entity, row, shape.order)
  const listed = sql`select ${sql.id(row, 'id')}, ${sql.join(keys.map(({ value, name }) => sql`${value} as ${name}`))}`
  const paged = sql`order by ${sql.join(keys.map(({ name, direction }) => sql`${name} ${direction}`))}
    limit ${sql.lit(shape.limit)} ${shape.isFirstPage ? sql`` : sql`offset ${slot(({ offset }) => offset)}`}`
  for (const planner of PLANNERS) {
    const planned = planner(scope, shape, { row, listed, paged, key: keys[0]!.name })
    if (planned) return answering(db, scope, shape, keys, planned)
  }
  if (!isWide(shape)) {
    const page = sql`${listed} ${from} ${paged}`
    return answering(db, scope, shape, keys, { page, count: sql`select count(*) ${from}` })
  }
  const before = sql`with ${sql.id(matches)} as materialized (${listed} ${from})`
  const page = sql`select * from ${sql.id(matches)} ${paged}`
  return answering(db, scope, shape, keys, { before, page, count: sql`select count(*) from ${sql.id(matches)}` })
}

function answering(
  db: AnyDatabase,
  scope: Scope,
  { selection }: ListShape,
  keys: Key[],
  { before, page, count }: Page,
): Statement {
  const [ids, row] = [scope.alias(), scope.alias()]
  const rows = sql`
    select ${selected(scope, selection, row)} from (
      select ${sql.id(row)}.* from (${page}) as ${sql.id(ids)} ${fetched(selection.entity, row, sql.id(ids, 'id'))}
      order by ${sql.join(keys.map(({ name, direction }) => sql`${name} ${direction}`))}
    ) as ${sql.id(row)}`
  return finished(
    db,
    sql`${before ?? sql``} select (${count})::int as count, (${aggregated(scope, selection, rows)})::text as json`,
  )
}

/** Whether what matches is decided by other tables, too: it is then gathered once, to be counted and paged. */
function isWide({ words, condition, only, selection }: ListShape): boolean {
  return words > 0 || goesOn(condition) || goesOn(only.get(selection.entity))
}

function goesOn(condition: Condition | undefined): boolean {
  if (!condition) return false
  if ('all' in condition) return condition.all.some(goesOn)
  if ('any' in condition) return condition.any.some(goesOn)
  if ('not' in condition) return goesOn(condition.not)
  return 'relation' in condition
}

/** Answers with one row, `json`, or none. */
export function retrieveStatement(db: AnyDatabase, entities: Entities, shape: StatementShape, key: string): Statement {
  const scope = scopeOf(entities, shape)
  const { entity } = shape.selection
  const [row, record] = [scope.alias(), scope.alias()]
  const where = and([
    sql`${sql.id(row, key)} = ${slot(({ id }) => id)}::text`,
    present(scope, entity, row),
    conditionOf(scope, entity, row, shape.condition),
  ])
  return finished(
    db,
    sql`select (${rowJson(shape.selection, record)})::text as json from (
      select ${selected(scope, shape.selection, row)} from ${tableOf(entity)} as ${sql.id(row)} where ${where} limit 1
    ) as ${sql.id(record)}`,
  )
}

/** What an entity is narrowed down to is itself looked for among all rows. */
function scopeOf(entities: Entities, { withDeleted, only, brought }: StatementShape): Scope {
  const all = createScope(entities, withDeleted, brought)
  const narrowed = (entity: Entity, alias: string) => {
    const condition = only.get(entity)
    return condition && conditionOf(all, entity, alias, condition)
  }
  return { ...all, only: narrowed }
}

function finished(db: AnyDatabase, statement: Sql): Statement {
  const { sql: text, parameters }: CompiledQuery = statement.compile(db)
  return {
    text,
    parameters: (given) => parameters.map((value) => (value instanceof Slot ? value.pick(given) : value)),
  }
}

/** The select list; empty where nothing is selected, which makes `{}`. */
function selected(scope: Scope, { entity, fields, relations }: Selection, alias: string): Sql {
  const columns = [...fields].map((name) => sql`${selectedValue(scope, entity, alias, name)} as ${sql.id(name)}`)
  const related = [...relations.values()].map(
    (one) => sql`(${relatedTo(scope, one, alias)}) as ${sql.id(one.relation.name)}`,
  )
  return columns.length + related.length > 0 ? sql.join([...columns, ...related]) : sql``
}

function relatedTo(scope: Scope, { relation, inside, isDeep, isStub }: Selected, parent: string): Sql {
  if (!inside) return idsOutside(scope, relation, parent)
  if (isStub) return stubOf(relation, parent)
  if (isDeep) return deeplyRelatedTo(scope, relation, inside, parent)
  const { from, where, alias, orders } = join(scope, relation.hops, parent)
  const rows = sql`select ${selected(scope, inside, alias)} from ${from} where ${where}`
  if (relation.isMany)
    return aggregated(scope, inside, sql`${rows} order by ${sql.join([...orders, sql.id(alias, 'id')])}`)
  const record = scope.alias()
  return sql`select ${rowJson(inside, record)} from (${rows} limit 1) as ${sql.id(record)}`
}

/** `{ id }` of the one it belongs to, without a look at that. */
function stubOf({ hops }: EntityRelation, parent: string): Sql {
  const id = sql.id(parent, hops[0]!.from)
  return sql`case when ${id} is not null then json_build_object('id', ${id}) end`
}

/** All rows that a relation of an entity to itself leads to, in one list, with the keys by which `after.ts` nests them. */
function deeplyRelatedTo(scope: Scope, { hops }: EntityRelation, inside: Selection, parent: string): Sql {
  const [{ entity, from, to, order }] = hops as [Hop]
  const [way, first, next, row, record] = Array.from({ length: 5 }, () => scope.alias()) as [string, ...string[]]
  const there = (alias: string, before: Sql) =>
    and([sql`${sql.id(alias, to)} = ${before}`, present(scope, entity, alias)])
  const step = (alias: string) => sql`select ${sql.id(alias, 'id')}, ${sql.id(alias, from)} as next from`
  const json = sql`(select ${rowJson(inside, record!)} from (select ${selected(scope, inside, row!)}) as ${sql.id(record!)})`
  const joined = sql`json_build_object('of', ${sql.id(row!, to)}, 'next', ${sql.id(row!, from)}, 'row', ${json})`
  return sql`
    with recursive ${sql.id(way)} as (
      ${step(first!)} ${tableOf(entity)} as ${sql.id(first!)} where ${there(first!, sql.id(parent, from))}
      union
      ${step(next!)} ${sql.id(way)} join ${tableOf(entity)} as ${sql.id(next!)} on ${there(next!, sql.id(way, 'next'))}
    )
    select coalesce(json_agg(${joined} order by ${sql.join([order ?? 'id', 'id'].map((name) => sql.id(row!, name)))}), '[]')
    from ${sql.id(way)} join ${tableOf(entity)} as ${sql.id(row!)} on ${sql.id(row!, 'id')} = ${sql.id(way, 'id')}`
}

/** The ids under which the rest is fetched: one, or a list. */
function idsOutside(scope: Scope, { hops, outside, isMany }: EntityRelation, parent: string): Sql {
  const { column } = outside!
  if (hops.length === 0) return sql`${sql.id(parent, column)}`
  const { from, where, alias, orders } = join(scope, hops, parent)
  const id = sql.id(alias, column)
  const order = sql.join([...orders, sql.id(alias, 'id')])
  return isMany
    ? sql`select coalesce(json_agg(${id} order by ${order}), '[]') from ${from} where ${where}`
    : sql`select ${id} from ${from} where ${where} limit 1`
}

function aggregated(scope: Scope, selection: Selection, rows: Sql): Sql {
  const record = scope.alias()
  return sql`select coalesce(json_agg(${rowJson(selection, record, sql.id(record))}), '[]') from (${rows}) as ${sql.id(record)}`
}

/** One of the things that a list is ordered by, under a name for the statement. */
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
    value: ordered(scope, entity, alias, path, isDown ? sql`desc` : sql`asc`),
    direction: isDown ? sql`desc` : sql`asc`,
  }))
}

const MAX_ORDER_DEPTH = 4

/** Of several rows of a relation the one that comes first counts. */
function ordered(scope: Scope, entity: Entity, alias: string, path: string[], direction: Sql, whole = path): Sql {
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
  const value = ordered(scope, joined.entity, joined.alias, rest, direction, whole)
  return sql`(select ${value} from ${joined.from} where ${joined.where} order by 1 ${direction} nulls last limit 1)`
}
