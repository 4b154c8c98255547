/** What could not be taken back, because somebody had built on it: noted for the operator, and tried again when that is gone. */
import { sql } from 'kysely'
import type { AnyTransaction } from '../database.ts'
import { isTransient } from '../database.ts'
import type { RunKey } from '../receipt/tombstone.ts'
import { inSavepoint } from './savepoint.ts'
import { type ColumnRules, type Conflict, type Entry, undoEntries } from './undo.ts'

/** So many are tried again at once, the newest first. */
const MAX_RETRIED = 200

/**
 * One taking back at a time in a module: who finds a conflict has noted it before the next looks which of them are none any
 * more, so that none is left behind where two fail at once.
 */
export async function lockUndos(trx: AnyTransaction, entries: Pick<Entry, 'entity'>[]): Promise<void> {
  for (const schema of schemasOf(entries).sort()) {
    await sql`select pg_advisory_xact_lock(hashtextextended(${`turri.undo ${schema}`}, 0))`.execute(trx)
  }
}

const schemasOf = (entries: Pick<Entry, 'entity'>[]) => [...new Set(entries.map(({ entity }) => entity.split('.')[0]!))]

export async function noteConflicts(trx: AnyTransaction, conflicts: Conflict[]): Promise<void> {
  for (const { entry, reason, blockedBy } of conflicts) {
    await sql`
      insert into turri.undo_conflict (entry, receipt, entity, row_id, reason, blocked_by)
      values (${entry.id}, ${entry.receipt}, ${entry.entity}, ${entry.row_id}, ${reason}, ${blockedBy ?? null})
      on conflict (entry) do update set reason = excluded.reason, blocked_by = excluded.blocked_by`.execute(trx)
  }
}

/**
 * Where these entries were what stood in the way of taking back others, those are taken back now, as often as it helps: after
 * two that wrote the same row have both failed, it is as it was before either, whichever was taken back first.
 */
export async function retryConflicts(trx: AnyTransaction, undone: Entry[], rules: ColumnRules): Promise<void> {
  const rows = new Set(undone.map(({ row_id }) => row_id))
  const schemas = schemasOf(undone)
  for (;;) {
    const open = await openConflicts(trx, [...rows], schemas)
    let settled = 0
    for (const { run, entries } of byRun(open)) {
      const free = await retried(trx, run, entries, rules)
      for (const { row_id } of free) rows.add(row_id)
      settled += await settle(trx, free, 'taken back')
    }
    if (settled === 0) return // else it may be what stood in the way of others
  }
}

/** A statement that takes longer than any may: it would the next time, too. */
const TOO_LONG = '57014'

/**
 * Tries to take back entries of another run than the one that is taken back here, which is not to fail by them: whatever goes
 * wrong, they stay conflicts. Only what ends the whole transaction is passed on, as that is repeated then.
 *
 * @returns those that are undone.
 */
async function retried(trx: AnyTransaction, run: RunKey, entries: Entry[], rules: ColumnRules): Promise<Entry[]> {
  try {
    const conflicts = await inSavepoint(trx, () => undoEntries(trx, run, entries, rules))
    const standing = new Set(conflicts.map(({ entry }) => entry.id))
    return entries.filter(({ id }) => !standing.has(id))
  } catch (error) {
    if (isTransient(error) && (error as { code?: string }).code !== TOO_LONG) throw error
    return []
  }
}

/** Notes that a conflict is none any more. @returns how many. */
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

/** Those about these rows, and those of these schemas where a constraint was in the way, the last written first. */
async function openConflicts(trx: AnyTransaction, rows: string[], schemas: string[]): Promise<OpenConflict[]> {
  return select(
    trx,
    sql`c.row_id = any(${rows}) or (c.blocked_by is null and split_part(c.entity, '.', 1) = any(${schemas}))`,
  )
}

/** Conflicts that are not settled, with the entries that they are about. */
export async function select(trx: AnyTransaction, where: ReturnType<typeof sql>): Promise<OpenConflict[]> {
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

/** Neighbours of one run, in their order. */
function byRun(conflicts: OpenConflict[]): { run: RunKey; entries: Entry[] }[] {
  const runs: { run: RunKey; entries: Entry[] }[] = []
  for (const conflict of conflicts) {
    const last = runs.at(-1)
    const run = { workflowId: conflict.workflow_id, runId: conflict.run_id }
    if (last?.run.workflowId === run.workflowId && last.run.runId === run.runId) last.entries.push(conflict)
    else runs.push({ run, entries: [conflict] })
  }
  return runs
}
