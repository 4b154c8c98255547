/** Undo conflicts: rows that could not be undone because another change has built on them. They are retried when that change is undone. */
import { sql } from 'kysely'
import type { AnyTransaction } from '../database.ts'
import { isTransient } from '../database.ts'
import type { RunKey } from '../receipt/tombstone.ts'
import { inSavepoint } from './savepoint.ts'
import { type ColumnRules, type Conflict, type Entry, undoEntries } from './undo.ts'

/** The most conflicts that are retried at once, newest first. */
const MAX_RETRIED = 200

/**
 * Allows one undo per module at a time: conflicts of one are recorded before the next looks for conflicts that it has resolved. So
 * none is left behind if two changes fail at once.
 */
export async function lockUndos(trx: AnyTransaction, entries: Pick<Entry, 'entity'>[]): Promise<void> {
  for (const schema of schemasOf(entries).sort()) {
    await sql`select pg_advisory_xact_lock(hashtextextended(${`turri.undo ${schema}`}, 0))`.execute(trx)
  }
}

const schemasOf = (entries: Pick<Entry, 'entity'>[]) => [...new Set(entries.map(({ entity }) => entity.split('.')[0]!))]

export async function recordConflicts(trx: AnyTransaction, conflicts: Conflict[]): Promise<void> {
  for (const { entry, reason, blockedBy } of conflicts) {
    await sql`
      insert into turri.undo_conflict (entry, receipt, entity, row_id, reason, blocked_by)
      values (${entry.id}, ${entry.receipt}, ${entry.entity}, ${entry.row_id}, ${reason}, ${blockedBy ?? null})
      on conflict (entry) do update set reason = excluded.reason, blocked_by = excluded.blocked_by`.execute(trx)
  }
}

/**
 * Retries conflicts that these entries had caused, until none is resolved any more. So after two failed changes of the same row
 * the row is as it was before both, whichever was undone first.
 */
export async function retryConflicts(trx: AnyTransaction, undone: Entry[], rules: ColumnRules): Promise<void> {
  const rows = new Set(undone.map(({ row_id }) => row_id))
  const schemas = schemasOf(undone)
  for (;;) {
    const open = await openConflicts(trx, [...rows], schemas)
    let settled = 0
    for (const { run, entries } of groupByRun(open)) {
      const undoneNow = await tryUndo(trx, run, entries, rules)
      for (const { row_id } of undoneNow) rows.add(row_id)
      settled += await settle(trx, undoneNow, 'taken back')
    }
    if (settled === 0) return // else what is undone now may have been in the way of others
  }
}

/** SQLSTATE `query_canceled`: a statement that ran into the time limit would do so again. */
const QUERY_CANCELED = '57014'

/**
 * Tries to undo entries of other runs. Whatever goes wrong, they stay conflicts, because the current undo must not fail by them. Only
 * errors that end the whole transaction are thrown, because the transaction is retried then.
 *
 * @returns the entries that are undone.
 */
async function tryUndo(trx: AnyTransaction, run: RunKey, entries: Entry[], rules: ColumnRules): Promise<Entry[]> {
  try {
    const conflicts = await inSavepoint(trx, () => undoEntries(trx, run, entries, rules))
    const left = new Set(conflicts.map(({ entry }) => entry.id))
    return entries.filter(({ id }) => !left.has(id))
  } catch (error) {
    if (isTransient(error) && (error as { code?: string }).code !== QUERY_CANCELED) throw error
    return []
  }
}

/** Marks conflicts as settled. @returns how many. */
export async function settle(trx: AnyTransaction, entries: Pick<Entry, 'id'>[], how: string): Promise<number> {
  if (entries.length === 0) return 0
  await sql`
    update turri.undo_conflict set settled_at = clock_timestamp(), settled_how = ${how}
    where entry = any(${entries.map(({ id }) => id)})`.execute(trx)
  return entries.length
}

export interface OpenConflict extends Entry {
  workflow_id: string
  run_id: string
}

/** Open conflicts on these rows, and those in these schemas that a constraint had caused, last written first. */
async function openConflicts(trx: AnyTransaction, rows: string[], schemas: string[]): Promise<OpenConflict[]> {
  return selectConflicts(
    trx,
    sql`c.row_id = any(${rows}) or (c.blocked_by is null and split_part(c.entity, '.', 1) = any(${schemas}))`,
  )
}

/** Locks open conflicts and returns them with their journal entries. */
export async function selectConflicts(trx: AnyTransaction, where: ReturnType<typeof sql>): Promise<OpenConflict[]> {
  const { rows } = await sql<OpenConflict>`
    select e.id, e.receipt, e.entity, e.row_id, e.op, array(select json_object_keys(e.before) order by 1) as columns,
      r.workflow_id, r.run_id
    from turri.undo_conflict c
    join turri.journal e on e.receipt = c.receipt and e.id = c.entry
    join turri.receipt r on r.id = c.receipt
    where c.settled_at is null and (${where})
    order by c.entry desc limit ${MAX_RETRIED} for update of c`.execute(trx)
  return rows
}

/** Groups consecutive conflicts of one run. */
function groupByRun(conflicts: OpenConflict[]): { run: RunKey; entries: Entry[] }[] {
  const runs: { run: RunKey; entries: Entry[] }[] = []
  for (const conflict of conflicts) {
    const last = runs.at(-1)
    const run = { workflowId: conflict.workflow_id, runId: conflict.run_id }
    if (last?.run.workflowId === run.workflowId && last.run.runId === run.runId) last.entries.push(conflict)
    else runs.push({ run, entries: [conflict] })
  }
  return runs
}
