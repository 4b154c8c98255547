/** The step that undoes a run: it leaves the tombstone and undoes the run's rows by the journal. */
import { sql } from 'kysely'
import type { AnyTransaction, Database } from '../database.ts'
import { runOnce } from '../receipt/receipts.ts'
import { leaveTombstone, matchesRun, type RunKey } from '../receipt/tombstone.ts'
import type { StepHeader, StoredFailure } from '../workflow/step.ts'
import type { UndoProgress, UndoScope } from '../workflow/steps.ts'
import { lockUndos, recordConflicts, retryConflicts } from './conflicts.ts'
import { type ColumnRules, type Conflict, entriesOf, undoEntries } from './undo.ts'

/** About how many rows are undone in one transaction; a step is never split. */
const MAX_ENTRIES = 5000

/**
 * Leaves the tombstone, after which no step of the run has an effect, and undoes what its steps wrote, last first. Safe to repeat, also
 * for another reason: a second pass may find a cancellation where the first found a refusal.
 */
export function undoWrites(
  db: Database,
  rules: ColumnRules,
  step: StepHeader,
  failure: StoredFailure,
  scope: UndoScope,
): Promise<unknown> {
  const input = [failure, scope]
  const call = { step, method: 'takeBack', kind: 'undo' as const, input, exclusive: true, everyPass: true }
  return runOnce(db, call, async (trx): Promise<UndoProgress> => {
    await leaveTombstone(trx, step, failure)
    await sql`
      delete from turri.event where ${matchesRun(step)} and not exists (
        select from turri.delivery where event_id = event.id)`.execute(trx)
    const { receipts, more } = await nextReceipts(trx, step, scope)
    await undoReceipts(trx, step, receipts, rules)
    return { waitMs: await openCallsMs(trx, step), conflicts: await countConflicts(trx, step), more }
  })
}

/** Undoes what these receipts of a run wrote, and older conflicts that they caused. */
export async function undoReceipts(
  trx: AnyTransaction,
  run: RunKey,
  receipts: string[],
  rules: ColumnRules,
): Promise<Conflict[]> {
  if (receipts.length === 0) return []
  const entries = await entriesOf(trx, receipts)
  await lockUndos(trx, entries)
  await sql`update turri.receipt set taken_back_at = clock_timestamp() where id = any(${receipts})`.execute(trx)
  const conflicts = await undoEntries(trx, run, entries, rules)
  await recordConflicts(trx, conflicts)
  await retryConflicts(trx, entries, rules)
  return conflicts
}

/** The latest writes of the run that are not undone yet. */
async function nextReceipts(
  trx: AnyTransaction,
  { workflowId, runId }: RunKey,
  { generation, keep, standsBelow }: UndoScope,
): Promise<{ receipts: string[]; more: boolean }> {
  const { rows } = await sql<{ id: string; before: number }>`
    select r.id, (coalesce(sum(j.entries) over (order by r.id desc), 0) - j.entries)::int as before
    from turri.receipt r
    cross join lateral (select count(*) as entries from turri.journal where receipt = r.id and not undone) j
    where r.workflow_id = ${workflowId} and r.run_id = ${runId} and r.generation >= ${standsBelow}
      and r.kind in ('read', 'write') and r.taken_back_at is null and j.entries > 0
      and not (r.generation = ${generation} and r.step_key = any(${keep}))
    order by r.id desc`.execute(trx)
  const receipts = rows.filter(({ before }) => before < MAX_ENTRIES).map(({ id }) => id)
  return { receipts, more: receipts.length < rows.length }
}

/** The number of open undo conflicts of the run. */
async function countConflicts(trx: AnyTransaction, { workflowId, runId }: RunKey): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int from turri.undo_conflict c join turri.receipt r on r.id = c.receipt
    where r.workflow_id = ${workflowId} and r.run_id = ${runId} and c.settled_at is null`.execute(trx)
  return rows[0]!.count
}

/** How long a request of the run to an external system may still be running, in ms. */
async function openCallsMs(trx: AnyTransaction, run: RunKey): Promise<number> {
  const { rows } = await sql<{ wait_ms: number }>`
    select coalesce(ceil(greatest(0, extract(epoch from
      max((attempt ->> 'deadline')::timestamptz) - clock_timestamp())) * 1000), 0)::int as wait_ms
    from turri.receipt, jsonb_array_elements(attempts) attempt
    where ${matchesRun(run)} and kind in ('call', 'once') and attempt ->> 'ended_at' is null`.execute(trx)
  return rows[0]!.wait_ms
}
