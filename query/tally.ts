/** Counts and pages lists by a tally: all rows of an entity or of some buckets, optionally with conditions on other tables. */
import { sql } from 'kysely'
import { type Tally, tallyTables } from '../framework/tally/define-tally.ts'
import type { ListShape } from './compile.ts'
import { conditionOf } from './conditions.ts'
import type { Entity } from './entities.ts'
import { and, joinRowById, type Scope, type Sql, slot, tableOf } from './expressions.ts'
import type { Condition } from './filters.ts'
import type { ListClauses, Page, PagePlanner } from './page-planner.ts'

/** The most rows that are sorted; beyond, the page is found by walking along an index. */
const MAX_SORTED = 4_000

/** Pages lists whose conditions concern only buckets, ids and relations by id. */
export const byTally: PagePlanner = (scope, shape, clauses) => {
  const { entity } = shape.selection
  const { tally } = entity
  const isLinkRestricted = [...shape.only.keys()].some(
    ({ schema, name }) => schema === 'link' && name === tally?.link.table,
  )
  if (!tally || shape.withDeleted || shape.words > 0 || isLinkRestricted) return undefined
  const conditions = [shape.condition, shape.only.get(entity)].flatMap((condition) =>
    condition ? conjuncts(condition) : [],
  )
  const isBucket = (condition: Condition) => isBucketCondition(entity, tally, condition)
  const others = conditions.filter((condition) => !isBucket(condition))
  if (!others.every((condition) => isIdCondition(entity, condition))) return undefined
  const [buckets, bucket] = [scope.alias(), scope.alias()]
  const tables = tallyTables(tally.entity)
  const where = and(
    conditions.filter(isBucket).map((condition) => bucketCondition(scope, entity, tally, bucket, condition)),
  )
  const before = sql`with ${sql.id(buckets)} as materialized (select id from ${sql.id('turri', tables.bucket)} as ${sql.id(bucket)} where ${where})`
  const list: TalliedList = {
    ...clauses,
    ...{ before, buckets: sql.id(buckets), rows: sql.id('turri', tables.row), counts: sql.id('turri', tables.count) },
    isById: shape.order.length <= 1 && ['id', '-id'].includes(shape.order[0] ?? 'id'),
  }
  return others.length > 0 ? pageWithConditions(scope, shape, list, others) : pageOfBuckets(scope, shape, list)
}

const conjuncts = (condition: Condition): Condition[] =>
  'all' in condition ? condition.all.flatMap(conjuncts) : [condition]

interface TalliedList extends ListClauses {
  before: Sql
  /** The ids of the list's buckets. */
  buckets: Sql
  /** The tables of the tally's rows and counts. */
  rows: Sql
  counts: Sql
  isById: boolean
}

/** Whether a row of the tally is in the buckets. `array(…)` lets Postgres use an index. */
const isInBuckets = ({ buckets }: TalliedList, row: string) =>
  sql`${sql.id(row, 'bucket')} = any(array(select id from ${buckets}))`

/** The rows of the buckets that match the other conditions, collected once to be counted and paged. */
function pageWithConditions(
  scope: Scope,
  { selection: { entity } }: ListShape,
  list: TalliedList,
  others: Condition[],
): Page {
  const { before, rows, row, listed, paged, isById } = list
  const [matches, match] = [scope.alias(), scope.alias()]
  const where = and([
    isInBuckets(list, match),
    ...others.map((condition) => conditionOf(scope, entity, match, condition)),
  ])
  const matching = isById
    ? sql`${sql.id(matches)} as ${sql.id(row)}`
    : sql`${sql.id(matches)} ${joinRowById(entity, row, sql.id(matches, 'id'))}`
  return {
    before: sql`${before}, ${sql.id(matches)} as materialized (
      select ${sql.id(match)}.id from ${rows} as ${sql.id(match)} where ${where})`,
    page: sql`${listed} from ${matching} ${paged}`,
    count: sql`select count(*) from ${sql.id(matches)}`,
  }
}

/** All rows of the buckets. */
function pageOfBuckets(scope: Scope, shape: ListShape, list: TalliedList): Page {
  const { before, counts, buckets, isById } = list
  const total = scope.alias()
  const count = sql`(select n from ${sql.id(total)})`
  return {
    before: sql`${before}, ${sql.id(total)} as materialized (
      select coalesce(sum(n), 0)::bigint as n from ${counts} where bucket in (select id from ${buckets}))`,
    count,
    page: isById ? pageById(scope, shape, list, count) : pageByOrder(scope, shape, list, count),
  }
}

/** A page in another order than by id: sorts few rows, or walks along the order of the entity's table and joins the tally. */
function pageByOrder(scope: Scope, { selection: { entity } }: ListShape, list: TalliedList, count: Sql): Sql {
  const { rows, row, listed, paged } = list
  const tallied = scope.alias()
  const isFew = sql`${count} <= ${sql.lit(MAX_SORTED)}`
  return sql`
    (${listed} from ${rows} as ${sql.id(tallied)} ${joinRowById(entity, row, sql.id(tallied, 'id'))}
    where ${isInBuckets(list, tallied)} and ${isFew} ${paged}) union all
    (${listed} from ${tableOf(entity)} as ${sql.id(row)} join ${rows} as ${sql.id(tallied)} on ${sql.id(tallied, 'id')} = ${sql.id(row, 'id')}
    where ${sql.id(row, 'deleted_at')} is null and ${isInBuckets(list, tallied)} and not ${isFew} ${paged})`
}

const directionsOf = ({ order }: ListShape) =>
  (order[0] === '-id' ? [sql`desc`, sql`asc`] : [sql`asc`, sql`desc`]) as [Sql, Sql]

const offsetOf = ({ isFirstPage }: ListShape) => (isFirstPage ? sql`0` : sql`${slot(({ offset }) => offset)}::bigint`)

/** A page in the order of ids: sorts the first ids of each bucket, or, if these are too many, walks along the index from the nearer end. */
function pageById(scope: Scope, shape: ListShape, list: TalliedList, count: Sql): Sql {
  const { rows, buckets, key } = list
  const tallied = scope.alias()
  const [forwards, backwards] = directionsOf(shape)
  const [offset, limit] = [offsetOf(shape), sql.lit(shape.limit)]
  const isNear = sql`${offset} + ${limit} <= ${sql.lit(MAX_SORTED)} / (select greatest(count(*), 1) from ${buckets})`
  const sorted = sql`
    (select first.id, first.id as ${key} from ${buckets} as bucket cross join lateral (
      select id from ${rows} as r where r.bucket = bucket.id order by id ${forwards} limit ${offset} + ${limit}
    ) as first where ${isNear} order by 1 ${forwards} limit ${limit} offset ${offset})`
  const walk = (when: Sql, direction: Sql, range: Sql) => sql`
    (select id, id as ${key} from ${rows} as ${sql.id(tallied)} where ${isInBuckets(list, tallied)}
      and not ${isNear} and ${offset} < ${count} and ${when} order by id ${direction} ${range})`
  const fromStart = walk(sql`${offset} <= ${count} / 2`, forwards, sql`limit ${limit} offset ${offset}`)
  const left = sql`${count} - ${offset}`
  const fromEnd = walk(
    sql`${offset} > ${count} / 2`,
    backwards,
    sql`limit greatest(least(${limit}, ${left}), 0) offset greatest(${left} - ${limit}, 0)`,
  )
  return sql.join(shape.isFirstPage ? [sorted, fromStart] : [sorted, fromStart, fromEnd], sql` union all `)
}

/** Whether a condition concerns only the columns and links of the buckets. */
function isBucketCondition(entity: Entity, tally: Tally, condition: Condition): boolean {
  if ('all' in condition) return condition.all.every((part) => isBucketCondition(entity, tally, part))
  if ('any' in condition) return condition.any.every((part) => isBucketCondition(entity, tally, part))
  if ('not' in condition) return isBucketCondition(entity, tally, condition.not)
  if ('field' in condition) return tally.columns.includes(condition.field) && condition.key === undefined
  if (!isLink(entity, tally, condition.relation)) return false
  return 'absent' in condition || linkedTo(tally, condition.where) !== undefined
}

/** Whether a condition needs only the id of a row. */
function isIdCondition(entity: Entity, condition: Condition): boolean {
  if ('all' in condition) return condition.all.every((part) => isIdCondition(entity, part))
  if ('any' in condition) return condition.any.every((part) => isIdCondition(entity, part))
  if ('not' in condition) return isIdCondition(entity, condition.not)
  if ('field' in condition) return condition.field === 'id'
  return entity.relations.get(condition.relation)!.hops[0]?.from === 'id'
}

/** Whether a relation leads to the tally's link. */
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

/** Compiles a condition on a row to a condition on its bucket. */
function bucketCondition(scope: Scope, entity: Entity, tally: Tally, alias: string, condition: Condition): Sql {
  const of = (part: Condition) => bucketCondition(scope, entity, tally, alias, part)
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
