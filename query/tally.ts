/** Lists that a tally counts and pages: all rows of an entity, or those in some buckets, and what other tables leave of them. */
import { sql } from 'kysely'
import { type Tally, tallyTables } from '../framework/tally/define-tally.ts'
import type { ListShape } from './compile.ts'
import { conditionOf } from './conditions.ts'
import type { Entity } from './entities.ts'
import { and, fetched, type Scope, type Sql, slot, tableOf } from './expressions.ts'
import type { Condition } from './filters.ts'
import type { Listing, Page, PagePlanner } from './page-planner.ts'

/** Up to so many are gathered, to be put in order; to what is further on it is walked, past all that is between. */
const MAX_GATHERED = 4_000

/** Pages lists that ask for nothing but buckets, ids, and what belongs to a row by its id. */
export const byTally: PagePlanner = (scope, shape, listing) => {
  const { entity } = shape.selection
  const { tally } = entity
  const isNarrowed = [...shape.only.keys()].some((one) => one.schema === 'link' && one.name === tally?.link.table)
  if (!tally || shape.withDeleted || shape.words > 0 || isNarrowed) return undefined
  const conditions = [shape.condition, shape.only.get(entity)].flatMap((one) => (one ? parts(one) : []))
  const isBucket = (one: Condition) => isOfBuckets(entity, tally, one)
  const others = conditions.filter((one) => !isBucket(one))
  if (!others.every((one) => isOfId(entity, one))) return undefined
  const [buckets, bucket] = [scope.alias(), scope.alias()]
  const tables = tallyTables(tally.entity)
  const where = and(conditions.filter(isBucket).map((one) => ofBucket(scope, entity, tally, bucket, one)))
  const before = sql`with ${sql.id(buckets)} as materialized (select id from ${sql.id('turri', tables.bucket)} as ${sql.id(bucket)} where ${where})`
  const asked: Asked = {
    ...listing,
    ...{ before, buckets: sql.id(buckets), rows: sql.id('turri', tables.row), counts: sql.id('turri', tables.count) },
    isById: shape.order.length <= 1 && ['id', '-id'].includes(shape.order[0] ?? 'id'),
  }
  return others.length > 0 ? narrowed(scope, shape, asked, others) : ofBuckets(scope, shape, asked)
}

const parts = (condition: Condition): Condition[] => ('all' in condition ? condition.all.flatMap(parts) : [condition])

interface Asked extends Listing {
  before: Sql
  /** The buckets that are asked for. */
  buckets: Sql
  /** The tally's rows, and its counts. */
  rows: Sql
  counts: Sql
  isById: boolean
}

/** Whether a row of the tally is in the buckets; `array(…)` lets Postgres look them up in an index. */
const isAsked = ({ buckets }: Asked, row: string) =>
  sql`${sql.id(row, 'bucket')} = any(array(select id from ${buckets}))`

/** Of the rows in the buckets those that the other conditions hold for: gathered once, to be counted and paged. */
function narrowed(scope: Scope, { selection: { entity } }: ListShape, asked: Asked, others: Condition[]): Page {
  const { before, rows, row, listed, paged, isById } = asked
  const [matches, match] = [scope.alias(), scope.alias()]
  const where = and([isAsked(asked, match), ...others.map((one) => conditionOf(scope, entity, match, one))])
  const matching = isById
    ? sql`${sql.id(matches)} as ${sql.id(row)}`
    : sql`${sql.id(matches)} ${fetched(entity, row, sql.id(matches, 'id'))}`
  return {
    before: sql`${before}, ${sql.id(matches)} as materialized (
      select ${sql.id(match)}.id from ${rows} as ${sql.id(match)} where ${where})`,
    page: sql`${listed} from ${matching} ${paged}`,
    count: sql`select count(*) from ${sql.id(matches)}`,
  }
}

/** All rows in the buckets. */
function ofBuckets(scope: Scope, shape: ListShape, asked: Asked): Page {
  const { before, counts, buckets, isById } = asked
  const total = scope.alias()
  const count = sql`(select n from ${sql.id(total)})`
  return {
    before: sql`${before}, ${sql.id(total)} as materialized (
      select coalesce(sum(n), 0)::bigint as n from ${counts} where bucket in (select id from ${buckets}))`,
    count,
    page: isById ? idsOf(scope, shape, asked, count) : inOrder(scope, shape, asked, count),
  }
}

/** In another order than that of ids: few are fetched and put in order, of many those are found that are in the tally. */
function inOrder(scope: Scope, { selection: { entity } }: ListShape, asked: Asked, count: Sql): Sql {
  const { rows, row, listed, paged } = asked
  const noted = scope.alias()
  const isFew = sql`${count} <= ${sql.lit(MAX_GATHERED)}`
  return sql`
    (${listed} from ${rows} as ${sql.id(noted)} ${fetched(entity, row, sql.id(noted, 'id'))}
    where ${isAsked(asked, noted)} and ${isFew} ${paged}) union all
    (${listed} from ${tableOf(entity)} as ${sql.id(row)} join ${rows} as ${sql.id(noted)} on ${sql.id(noted, 'id')} = ${sql.id(row, 'id')}
    where ${sql.id(row, 'deleted_at')} is null and ${isAsked(asked, noted)} and not ${isFew} ${paged})`
}

const directionsOf = ({ order }: ListShape) =>
  (order[0] === '-id' ? [sql`desc`, sql`asc`] : [sql`asc`, sql`desc`]) as [Sql, Sql]

const beginOf = ({ isFirstPage }: ListShape) => (isFirstPage ? sql`0` : sql`${slot(({ offset }) => offset)}::bigint`)

/** The ids of a page: the first of each bucket put in order, or, where those would be too many, what a walk comes to from the nearer end. */
function idsOf(scope: Scope, shape: ListShape, asked: Asked, count: Sql): Sql {
  const { rows, buckets, key } = asked
  const noted = scope.alias()
  const [onwards, back] = directionsOf(shape)
  const [begin, most] = [beginOf(shape), sql.lit(shape.limit)]
  const isNear = sql`${begin} + ${most} <= ${sql.lit(MAX_GATHERED)} / (select greatest(count(*), 1) from ${buckets})`
  const gathered = sql`
    (select first.id, first.id as ${key} from ${buckets} as asked cross join lateral (
      select id from ${rows} where bucket = asked.id order by id ${onwards} limit ${begin} + ${most}
    ) as first where ${isNear} order by 1 ${onwards} limit ${most} offset ${begin})`
  const walk = (when: Sql, direction: Sql, from: Sql) => sql`
    (select id, id as ${key} from ${rows} as ${sql.id(noted)} where ${isAsked(asked, noted)}
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

function isOfBuckets(entity: Entity, tally: Tally, condition: Condition): boolean {
  if ('all' in condition) return condition.all.every((one) => isOfBuckets(entity, tally, one))
  if ('any' in condition) return condition.any.every((one) => isOfBuckets(entity, tally, one))
  if ('not' in condition) return isOfBuckets(entity, tally, condition.not)
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

/** What is said of a row, said of its bucket. */
function ofBucket(scope: Scope, entity: Entity, tally: Tally, alias: string, condition: Condition): Sql {
  const of = (one: Condition) => ofBucket(scope, entity, tally, alias, one)
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
