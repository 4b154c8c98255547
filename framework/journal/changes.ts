/** The journal as an audit trail: who changed which row from what to what, in which workflow and step. */
import { type RawBuilder, sql } from 'kysely'
import type { Database } from '../database.ts'
import { kebab } from '../workflow/change.ts'

export interface Change {
  id: string
  /** Schema and table, such as `brand.brand`. */
  entity: string
  entity_id: string
  action: 'created' | 'updated' | 'deleted'
  /** The columns that an update changed, or all columns of a deleted row. Secret values are `(secret)`. */
  before: Record<string, unknown> | null
  after: Record<string, unknown> | null
  /** Null, like the fields below, if the row was written outside of any workflow. */
  actor: string | null
  workflow_id: string | null
  transaction_id: string | null
  /** The first run of its chain. */
  run_id: string | null
  step: string | null
  /** The input of the step. */
  input: unknown
  /** Whether the change is undone, or undoes another. */
  undone: boolean
  /** ISO 8601 in UTC. */
  created_at: string
}

export interface ChangeFilter {
  /** `brand.brand`, or the name of the table alone. */
  entity?: string[]
  /** The id of the row. */
  id?: string[]
  actor?: string[]
  /** The name of a workflow, such as `create-brands`, or the id of one. */
  workflow?: string[]
  /** ISO 8601. */
  created_after?: string
  created_before?: string
  limit: number
  offset: number
}

/** Larger counts are cut off here. */
export const MAX_COUNTED = 10_000

/** Newest first. The count is at most `MAX_COUNTED`. */
export async function listChanges(db: Database, filter: ChangeFilter): Promise<{ rows: Change[]; count: number }> {
  const conditions = conditionsOf(filter)
  const newest = filter.limit + filter.offset
  // Each half comes in the order of the index; rows written outside of any step have no receipt to order by.
  const half = (which: RawBuilder<unknown>, limit: number) => sql`
    (select j.*, r.actor, r.workflow_id, r.run_id, r.step_key, r.input
    from turri.journal j left join turri.receipt r on r.id = j.receipt
    where j.receipt is ${which} and ${conditions} order by j.receipt desc, j.id desc limit ${limit})`
  const both = (limit: number) => sql`${half(sql`not null`, limit)} union all ${half(sql`null`, limit)}`
  const { rows } = await sql<Row & { count: number }>`
    select page.*, page.at as created_at, (select count(*)::int from (${both(MAX_COUNTED)} limit ${MAX_COUNTED}) c) as count
    from (select 1) one left join lateral (
      select * from (${both(newest)}) newest order by at desc, id desc limit ${filter.limit} offset ${filter.offset}) page on true`.execute(
    db,
  )
  return { rows: rows.filter(({ id }) => id !== null).map(toChange), count: rows[0]?.count ?? 0 }
}

/** A change as stored. */
interface Row extends Omit<Change, 'entity_id' | 'action' | 'transaction_id' | 'step'> {
  row_id: string
  op: keyof typeof ACTIONS
  step_key: string | null
}

function conditionsOf(filter: ChangeFilter): RawBuilder<unknown> {
  const { entity, id, actor, workflow, created_after, created_before } = filter
  const all = [sql`true`]
  if (entity) all.push(sql`(j.entity = any(${entity}) or split_part(j.entity, '.', 2) = any(${entity}))`)
  if (id) all.push(sql`j.row_id = any(${id})`)
  if (actor) all.push(sql`r.actor = any(${actor})`)
  if (workflow) {
    const names = workflow.map(kebab)
    all.push(sql`(r.workflow_id = any(${workflow}) or split_part(r.workflow_id, '/', 1) = any(${names}))`)
  }
  if (created_after) all.push(sql`j.at >= ${created_after}`)
  if (created_before) all.push(sql`j.at <= ${created_before}`)
  return sql.join(all, sql` and `)
}

const ACTIONS = { i: 'created', u: 'updated', d: 'deleted' } as const

function toChange(row: Row): Change {
  const [workflow = null, ...transaction] = row.workflow_id?.split('/') ?? []
  return {
    id: row.id,
    entity: row.entity,
    entity_id: row.row_id,
    action: ACTIONS[row.op],
    before: hideSecrets(row.before),
    after: hideSecrets(row.after),
    actor: row.actor,
    workflow_id: workflow,
    transaction_id: transaction.length > 0 ? transaction.join('/') : workflow,
    run_id: row.run_id,
    step: row.step_key,
    input: row.input,
    undone: row.undone,
    created_at: row.created_at,
  }
}

function hideSecrets(fields: Record<string, unknown> | null): Record<string, unknown> | null {
  const isSealed = (value: unknown) => typeof value === 'object' && value !== null && 'sealed' in value
  return (
    fields &&
    Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, isSealed(value) ? '(secret)' : value]))
  )
}

/** A row that was not undone with its change. */
export interface UndoConflict {
  id: string
  entity: string
  entity_id: string
  reason: string
  /** The workflow that wrote the row. */
  workflow_id: string
  /** The workflow that has built on it, if known. */
  blocked_by: string | null
  created_at: string
  settled_at: string | null
  /** `taken back` or `dismissed`. */
  settled_how: string | null
}

/** Newest first. */
export async function listUndoConflicts(
  db: Database,
  { settled, limit, offset }: { settled: boolean; limit: number; offset: number },
): Promise<{ rows: UndoConflict[]; count: number }> {
  const where = sql`c.settled_at is ${settled ? sql`not null` : sql`null`}`
  const { rows } = await sql<UndoConflict>`
    select c.id, c.entity, c.row_id as entity_id, c.reason, mine.workflow_id, theirs.workflow_id as blocked_by,
      c.created_at, c.settled_at, c.settled_how
    from turri.undo_conflict c
    left join turri.receipt mine on mine.id = c.receipt left join turri.receipt theirs on theirs.id = c.blocked_by
    where ${where} order by c.id desc limit ${limit} offset ${offset}`.execute(db)
  const { rows: counted } = await sql<{ count: number }>`
    select count(*)::int from turri.undo_conflict c where ${where}`.execute(db)
  return { rows, count: counted[0]!.count }
}
