/** Undoes a finished change at an operator's request, completely or not at all. */
import type { Client } from '@temporalio/client'
import { sql } from 'kysely'
import type { AnyTransaction, Database } from '../database.ts'
import { Problem } from '../problem.ts'
import { runOnce } from '../receipt/receipts.ts'
import { lockRun, matchesRun, type RunKey } from '../receipt/tombstone.ts'
import { type RunState, runState } from '../temporal/runs.ts'
import type { StepHeader } from '../workflow/step.ts'
import { lockUndos, selectConflicts, settle } from './conflicts.ts'
import { type ColumnRules, undoEntries } from './undo.ts'
import { undoReceipts } from './undo-writes.ts'

export interface UndoneRun {
  /** How many rows were undone. */
  rows: number
}

/**
 * Undoes everything that a finished run wrote.
 *
 * @throws Problem `CHANGE_NOT_UNDOABLE` with all reasons: the run has not completed, has called an external system, a subscriber
 *   has acted on it, another change has built on it, or there is nothing to undo.
 */
export async function undoRun(
  { db, client, rules }: { db: Database; client: Client; rules: ColumnRules },
  step: StepHeader,
  run: RunKey,
): Promise<unknown> {
  const notCompleted = await reasonsInTemporal(client, run)
  const call = { step, method: 'undoRun', kind: 'write' as const, input: [run] }
  return runOnce(db, call, async (trx): Promise<UndoneRun> => {
    await lockRun(trx, run, 'exclusive')
    const receipts = await receiptsOf(trx, run)
    const reasons = [
      ...notCompleted,
      ...(await reasonsInRecords(trx, run)),
      ...(receipts.length === 0 ? ['there is nothing of it to take back'] : []),
    ]
    if (reasons.length > 0) throw notUndoable(run, reasons)
    const rows = await countEntries(trx, receipts)
    const conflicts = await undoReceipts(trx, run, receipts, rules)
    if (conflicts.length > 0)
      throw notUndoable(
        run,
        conflicts.map(({ entry, reason }) => `${entry.entity} ${entry.row_id}: ${reason}`),
      )
    return { rows }
  })
}

/** Tries once more to undo the row of a conflict, or marks the conflict as dismissed. */
export function settleConflict(
  { db, rules }: { db: Database; rules: ColumnRules },
  step: StepHeader,
  id: string,
  how: 'retry' | 'dismiss',
): Promise<unknown> {
  const call = { step, method: 'settleConflict', kind: 'write' as const, input: [id, how] }
  return runOnce(db, call, async (trx) => {
    await lockUndos(trx, await entitiesOf(trx, id))
    if (how === 'dismiss') return dismiss(trx, id)
    const [conflict] = await selectConflicts(trx, sql`c.id = ${id}`)
    if (!conflict) throw noOpenConflict(id)
    const run = { workflowId: conflict.workflow_id, runId: conflict.run_id }
    const [still] = await undoEntries(trx, run, [conflict], rules)
    if (still) throw new Problem('not_allowed', `It still cannot be taken back: ${still.reason}`, 'UNDO_CONFLICT')
    await settle(trx, [conflict], 'taken back')
  })
}

async function entitiesOf(trx: AnyTransaction, conflict: string): Promise<{ entity: string }[]> {
  const { rows } = await sql<{ entity: string }>`select entity from turri.undo_conflict where id = ${conflict}`.execute(
    trx,
  )
  return rows
}

/** Does not read the journal, whose entry may be pruned. */
async function dismiss(trx: AnyTransaction, id: string): Promise<void> {
  const { rows } = await sql<{ id: string }>`
    select entry as id from turri.undo_conflict where id = ${id} and settled_at is null for update`.execute(trx)
  if ((await settle(trx, rows, 'dismissed')) === 0) throw noOpenConflict(id)
}

function noOpenConflict(id: string): Problem {
  return new Problem('not_found', `There is no open undo conflict ${id}`)
}

/** The reasons against undoing that Temporal knows; none if Temporal does not know the run any more. */
async function reasonsInTemporal(client: Client, { workflowId, runId }: RunKey): Promise<string[]> {
  const first = await runState(client, workflowId, runId)
  if (first?.status !== 'CONTINUED_AS_NEW') return reasonsInStatus(first)
  const latest = await runState(client, workflowId)
  return latest?.firstRunId === runId ? reasonsInStatus(latest) : []
}

function reasonsInStatus(run: RunState | undefined): string[] {
  if (!run || run.status === 'COMPLETED') return []
  if (run.status === 'RUNNING') return ['it still runs: cancel it instead']
  return [`it has not been completed (${run.status.toLowerCase().replace('_', ' ')})`]
}

/** The reasons against undoing in our own tables. */
async function reasonsInRecords(trx: AnyTransaction, run: RunKey): Promise<string[]> {
  const { rows } = await sql<{ reason: string }>`
    select 'it was taken back when it failed' as reason from turri.take_back
      where ${matchesRun(run)}
    union all
    select distinct 'it has called the outside world (' || method || ')' from turri.receipt
      where ${matchesRun(run)} and kind in ('call', 'once', 'undoCall')
    union all
    select distinct d.subscriber || ' has acted on its ' || e.name from turri.event e join turri.delivery d on d.event_id = e.id
      where e.workflow_id = ${run.workflowId} and e.run_id = ${run.runId}
    union all
    select 'its events are being sent out' where exists (select from turri.event
      where ${matchesRun(run)} and dispatched_at is null)`.execute(trx)
  return rows.map(({ reason }) => reason)
}

async function receiptsOf(trx: AnyTransaction, run: RunKey): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select id from turri.receipt r where ${matchesRun(run)} and taken_back_at is null
      and exists (select from turri.journal where receipt = r.id and not undone)`.execute(trx)
  return rows.map(({ id }) => id)
}

async function countEntries(trx: AnyTransaction, receipts: string[]): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int from turri.journal where receipt = any(${receipts}) and not undone`.execute(trx)
  return rows[0]!.count
}

function notUndoable({ workflowId }: RunKey, reasons: string[]): Problem {
  return new Problem(
    'not_allowed',
    `The change ${workflowId} cannot be taken back: ${reasons.join('; ')}.`,
    'CHANGE_NOT_UNDOABLE',
  )
}
