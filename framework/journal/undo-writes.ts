/** The step that takes back a run: its tombstone, and its rows by the journal. */
import { sql } from 'kysely'
import type { AnyTransaction, Database } from '../database.ts'
import { once } from '../receipt/receipts.ts'
import { leaveTombstone, ofRun, type RunKey } from '../receipt/tombstone.ts'
import type { StepHeader, StoredFailure } from '../workflow/step.ts'
import type { UndoProgress, UndoScope } from '../workflow/steps.ts'
import { lockUndos, noteConflicts, retryConflicts } from './conflicts.ts'
import { type ColumnRules, type Conflict, entriesOf, undoEntries } from './undo.ts'

/** So many rows are taken back in one transaction, and those of one step more. */
const MAX_ENTRIES = 5000

/**
 * Leaves the tombstone, after which no act of the run has an effect, and takes back what its acts wrote, the last first. May be
 * repeated, also for another reason: a second pass may meet a cancelling where the first met a refusal.
 */
export function undoWrites(
  db: Database,
  rules: ColumnRules,
  step: StepHeader,
  failure: StoredFailure,
  scope: UndoScope,
): Promise<unknown> {
  const call = { step, method: 'takeBack', kind: 'undo' as const, input: [failure, scope], alone: true, again: true }
  return once(db, call, async (trx): Promise<UndoProgress> => {
    await leaveTombstone(trx, step, failure)
    await sql`
      delete from turri.event where ${ofRun(step)} and not exists (
        select from turri.delivery where event_id = event.id)`.execute(trx)
    const { receipts, more } = await nextReceipts(trx, step, scope)
    await undoReceipts(trx, step, receipts, rules)
    return { waitMs: await underWayMs(trx, step), conflicts: await countConflicts(trx, step), more }
  })
}

/** Takes back what these receipts of a run wrote, and what could not be taken back before because of it. */
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
  await noteConflicts(trx, conflicts)
  await retryConflicts(trx, entries, rules)
  return conflicts
}

/** The last writes of the run that have not been taken back. */
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

/** How many effects of the run stand. */
async function countConflicts(trx: AnyTransaction, { workflowId, runId }: RunKey): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int from turri.undo_conflict c join turri.receipt r on r.id = c.receipt
    where r.workflow_id = ${workflowId} and r.run_id = ${runId} and c.settled_at is null`.execute(trx)
  return rows[0]!.count
}

/** How long a request of the run may still be under way. */
async function underWayMs(trx: AnyTransaction, run: RunKey): Promise<number> {
  const { rows } = await sql<{ wait_ms: number }>`
    select coalesce(ceil(greatest(0, extract(epoch from
      max((attempt ->> 'deadline')::timestamptz) - clock_timestamp())) * 1000), 0)::int as wait_ms
    from turri.receipt, jsonb_array_elements(attempts) attempt
    where ${ofRun(run)} and kind in ('call', 'once') and attempt ->> 'ended_at' is null`.execute(trx)
  return rows[0]!.wait_ms
}
