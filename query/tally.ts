/** Lists that a tally counts and pages: of all rows of an entity, or of those of some sorts, in the order of their ids. */
import { sql } from 'kysely'
import { type Tally, tallyTables } from '../framework/tally/define-tally.ts'
import type { ListShape } from './compile.ts'
import { conditionOf } from './conditions.ts'
import type { Entity } from './entities.ts'
import { and, type Scope, type Sql, slot } from './expressions.ts'
import type { Condition } from './filters.ts'

/** Up to so many ids are gathered, of each sort its first; to pages further on it is walked, past all that is between. */
const MAX_GATHERED = 4_000

/** What a page is made of: its ids, and the count of all that match. */
export interface Page {
  before?: Sql
  page: Sql
  count: Sql
}

/** Undefined where what is asked is about more than sorts, ids, and what belongs to a row by its id. */
export function tallied(scope: Scope, shape: ListShape, key: Sql): Page | undefined {
  const { entity } = shape.selection
  const { tally } = entity
  const isById = shape.order.every((term) => term === 'id' || term === '-id') && shape.order.length <= 1
  const isNarrowed = [...shape.only.keys()].some((one) => one.schema === 'link' && one.name === tally?.link.table)
  if (!tally || shape.withDeleted || shape.words > 0 || !isById || isNarrowed) return undefined
  const conditions = [shape.condition, shape.only.get(entity)].flatMap((one) => (one ? parts(one) : []))
  const others = conditions.filter((one) => !isOfSorts(entity, tally, one))
  if (!others.every((one) => isOfId(entity, one))) return undefined
  const [sorts, sort] = [scope.alias(), scope.alias()]
  const tables = tallyTables(tally.entity)
  const where = and(
    conditions.filter((one) => !others.includes(one)).map((one) => ofSort(scope, entity, tally, sort, one)),
  )
  const before = sql`with ${sql.id(sorts)} as materialized (select id from ${sql.id('turri', tables.sort)} as ${sql.id(sort)} where ${where})`
  const asked = { before, sorts: sql.id(sorts), key }
  return others.length > 0 ? narrowed(scope, shape, tables, asked, others) : pageOf(scope, shape, tables, asked)
}

const parts = (condition: Condition): Condition[] => ('all' in condition ? condition.all.flatMap(parts) : [condition])

interface Asked {
  before: Sql
  /** The sorts that are asked for. */
  sorts: Sql
  /** What the ids are called as the key of the page's order. */
  key: Sql
}

type Tables = ReturnType<typeof tallyTables>

/** Of the rows of the sorts those that the other conditions hold for: gathered once, to be counted and paged. */
function narrowed(
  scope: Scope,
  shape: ListShape,
  tables: Tables,
  { before, sorts, key }: Asked,
  others: Condition[],
): Page {
  const [row, matches] = [scope.alias(), scope.alias()]
  const { entity } = shape.selection
  const where = and([
    sql`${sql.id(row)}.sort = any(array(select id from ${sorts}))`,
    ...others.map((one) => conditionOf(scope, entity, row, one)),
  ])
  const [direction] = directionsOf(shape)
  return {
    before: sql`${before}, ${sql.id(matches)} as materialized (
      select ${sql.id(row)}.id from ${sql.id('turri', tables.row)} as ${sql.id(row)} where ${where})`,
    page: sql`select id, id as ${key} from ${sql.id(matches)} order by id ${direction} limit ${sql.lit(shape.limit)} offset ${beginOf(shape)}`,
    count: sql`select count(*) from ${sql.id(matches)}`,
  }
}

function pageOf(scope: Scope, shape: ListShape, tables: Tables, { before, ...asked }: Asked): Page {
  const total = scope.alias()
  const count = sql`(select n from ${sql.id(total)})`
  return {
    before: sql`${before}, ${sql.id(total)} as materialized (
      select coalesce(sum(n), 0)::bigint as n from ${sql.id('turri', tables.count)} where sort in (select id from ${asked.sorts}))`,
    count,
    page: idsOf(shape, { rows: sql.id('turri', tables.row), count, ...asked }),
  }
}

const directionsOf = ({ order }: ListShape) =>
  (order[0] === '-id' ? [sql`desc`, sql`asc`] : [sql`asc`, sql`desc`]) as [Sql, Sql]

const beginOf = ({ isFirstPage }: ListShape) => (isFirstPage ? sql`0` : sql`${slot(({ offset }) => offset)}::bigint`)

interface Walk extends Omit<Asked, 'before'> {
  /** The tally's rows. */
  rows: Sql
  count: Sql
}

/** The ids of a page: the first of each sort put in order, or, where those would be too many, what a walk comes to from the nearer end. */
function idsOf(shape: ListShape, { rows, sorts, count, key }: Walk): Sql {
  const [onwards, back] = directionsOf(shape)
  const [begin, most] = [beginOf(shape), sql.lit(shape.limit)]
  const isNear = sql`${begin} + ${most} <= ${sql.lit(MAX_GATHERED)} / (select greatest(count(*), 1) from ${sorts})`
  const gathered = sql`
    (select first.id, first.id as ${key} from ${sorts} as asked cross join lateral (
      select id from ${rows} where sort = asked.id order by id ${onwards} limit ${begin} + ${most}
    ) as first where ${isNear} order by 1 ${onwards} limit ${most} offset ${begin})`
  const walk = (when: Sql, direction: Sql, from: Sql) => sql`
    (select id, id as ${key} from ${rows} where sort = any(array(select id from ${sorts}))
      and not ${isNear} and ${begin} < ${count} and ${when} order by id ${direction} ${from})`
  const fromBegin = walk(sql`${begin} <= ${count} / 2`, onwards, sql`limit ${most} offset ${begin}`)
  const left = sql`${count} - ${begin}`
  const fromEnd = walk(
    sql`${begin} > ${count} / 2`,
    back,
    sql`limit greatest(least(${most}, ${left}), 0) offset greatest(${left} - ${most}, 0)`,
  )
  return sql.join(shape.isFirstPage ? [gathered, fromBegin] : [gathered, fromBegin, fromEnd], sql` union all `)
}

function isOfSorts(entity: Entity, tally: Tally, condition: Condition): boolean {
  if ('all' in condition) return condition.all.every((one) => isOfSorts(entity, tally, one))
  if ('any' in condition) return condition.any.every((one) => isOfSorts(entity, tally, one))
  if ('not' in condition) return isOfSorts(entity, tally, condition.not)
  if ('field' in condition) return tally.columns.includes(condition.field) && condition.key === undefined
  if (!isLink(entity, tally, condition.relation)) return false
  return 'absent' in condition || linkedTo(tally, condition.where) !== undefined
}

/** Whether a condition can be told of a row of which nothing but the id is known. */
function isOfId(entity: Entity, condition: Condition): boolean {
  if ('all' in condition) return condition.all.every((one) => isOfId(entity, one))
  if ('any' in condition) return condition.any.every((one) => isOfId(entity, one))
  if ('not' in condition) return isOfId(entity, condition.not)
  if ('field' in condition) return condition.field === 'id'
  return entity.relations.get(condition.relation)!.hops[0]?.from === 'id'
}

/** Whether a relation is to the rows of the tally's link. */
function isLink({ relations }: Entity, { link }: Tally, name: string): boolean {
  const { hops } = relations.get(name)!
  const [hop] = hops
  return hops.length === 1 && hop!.entity.schema === 'link' && hop!.entity.name === link.table && hop!.to === link.mine
}

function linkedTo({ link }: Tally, where: Condition): { value: number; isList: boolean } | undefined {
  if (!('field' in where) || where.field !== link.theirs || !('op' in where)) return undefined
  if (where.op !== '$eq' && where.op !== '$in') return undefined
  return { value: where.value, isList: where.op === '$in' }
}

/** What is said of a row, said of its sort. */
function ofSort(scope: Scope, entity: Entity, tally: Tally, alias: string, condition: Condition): Sql {
  const of = (one: Condition) => ofSort(scope, entity, tally, alias, one)
  if ('all' in condition) return and(condition.all.map(of))
  if ('any' in condition)
    return condition.any.length > 0 ? sql`(${sql.join(condition.any.map(of), sql` or `)})` : sql`false`
  if ('not' in condition) return sql`(${of(condition.not)}) is not true`
  if ('field' in condition) return conditionOf(scope, entity, alias, condition)
  const linked = sql.id(alias, 'linked')
  if ('absent' in condition) return sql`${linked} = '{}'`
  const { value, isList } = linkedTo(tally, condition.where)!
  const right = slot(({ values }) => values[value])
  return isList ? sql`${linked} && ${right}::text[]` : sql`${right}::text = any(${linked})`
}
