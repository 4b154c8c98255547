/** Takes back a finished change for a person who asks for it, all of it or nothing. */
import { type Client, WorkflowNotFoundError } from '@temporalio/client'
import { sql } from 'kysely'
import { once } from '../activities/receipts.ts'
import type { Database } from '../database.ts'
import type { AnyTransaction } from '../model/repository.ts'
import { Problem } from '../problem.ts'
import type { StepHeader } from '../workflow/step.ts'
import { lockUndos, select, settle } from './conflicts.ts'
import { takeBackReceipts } from './take-back.ts'
import { type ColumnRules, type RunKey, undoEntries } from './undo.ts'

export interface UndoneRun {
  /** How many rows were taken back. */
  rows: number
}

/**
 * Takes back all that a finished run wrote.
 *
 * @throws Problem `CHANGE_NOT_UNDOABLE` with all reasons: it has not ended well, it has called the outside world, a subscriber
 *   has acted on it, somebody has built on it, or there is nothing to take back.
 */
export async function undoRun(
  { db, client, rules }: { db: Database; client: Client; rules: ColumnRules },
  step: StepHeader,
  run: RunKey,
): Promise<unknown> {
  const unfinished = await whyUnfinished(client, run)
  const call = { step, method: 'undoRun', kind: 'write' as const, input: [run] }
  return once(db, call, async (trx): Promise<UndoneRun> => {
    await sql`select pg_advisory_xact_lock(hashtextextended(${`${run.workflowId}/${run.runId}`}, 0))`.execute(trx)
    const receipts = await receiptsOf(trx, run)
    const reasons = [
      ...unfinished,
      ...(await whyNot(trx, run)),
      ...(receipts.length === 0 ? ['there is nothing of it to take back'] : []),
    ]
    if (reasons.length > 0) throw notUndoable(run, reasons)
    const rows = await countEntries(trx, receipts)
    const conflicts = await takeBackReceipts(trx, run, receipts, rules)
    if (conflicts.length > 0)
      throw notUndoable(
        run,
        conflicts.map(({ entry, reason }) => `${entry.entity} ${entry.row_id}: ${reason}`),
      )
    return { rows }
  })
}

/** Tries once more to take back what was left, or notes that an operator has dealt with it. */
export function settleConflict(
  { db, rules }: { db: Database; rules: ColumnRules },
  step: StepHeader,
  id: string,
  how: 'retry' | 'dismiss',
): Promise<unknown> {
  const call = { step, method: 'settleConflict', kind: 'write' as const, input: [id, how] }
  return once(db, call, async (trx) => {
    await lockUndos(trx, await entitiesOf(trx, id))
    const [conflict] = await select(trx, sql`c.id = ${id}`)
    if (!conflict) throw new Problem('not_found', `There is no open undo conflict ${id}`)
    if (how === 'dismiss') return void (await settle(trx, [conflict], 'dismissed'))
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

/** What Temporal says against it; where it has forgotten the run, nothing. */
async function whyUnfinished(client: Client, { workflowId, runId }: RunKey): Promise<string[]> {
  try {
    const { status } = await client.workflow.getHandle(workflowId, runId).describe()
    if (status.name === 'COMPLETED') return []
    if (status.name === 'RUNNING') return ['it still runs: cancel it instead']
    if (status.name === 'CONTINUED_AS_NEW') return whyUnfinishedChain(client, workflowId, runId)
    return [`it has not been completed (${status.name.toLowerCase().replace('_', ' ')})`]
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return []
    throw error
  }
}

/** Of a run that has continued as new: what the last of its chain says. */
async function whyUnfinishedChain(client: Client, workflowId: string, runId: string): Promise<string[]> {
  const handle = client.workflow.getHandle(workflowId)
  const { status, raw } = await handle.describe()
  const isOfThisChain = raw.workflowExecutionInfo?.firstRunId === runId
  if (!isOfThisChain || status.name === 'COMPLETED') return []
  return [status.name === 'RUNNING' ? 'it still runs: cancel it instead' : 'it has not been completed']
}

/** What our own records say against it. */
async function whyNot(trx: AnyTransaction, { workflowId, runId }: RunKey): Promise<string[]> {
  const { rows } = await sql<{ reason: string }>`
    select 'it was taken back when it failed' as reason from turri.take_back
      where workflow_id = ${workflowId} and run_id = ${runId}
    union all
    select distinct 'it has called the outside world (' || method || ')' from turri.receipt
      where workflow_id = ${workflowId} and run_id = ${runId} and kind in ('call', 'once', 'undoCall')
    union all
    select distinct d.subscriber || ' has acted on its ' || e.name from turri.event e join turri.delivery d on d.event_id = e.id
      where e.workflow_id = ${workflowId} and e.run_id = ${runId}
    union all
    select 'its events are being sent out' where exists (select from turri.event
      where workflow_id = ${workflowId} and run_id = ${runId} and dispatched_at is null)`.execute(trx)
  return rows.map(({ reason }) => reason)
}

async function receiptsOf(trx: AnyTransaction, { workflowId, runId }: RunKey): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select id from turri.receipt r where workflow_id = ${workflowId} and run_id = ${runId} and taken_back_at is null
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
