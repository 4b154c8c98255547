/**
 * Finds runs that were terminated or timed out, which run none of their code. Each is reset and cancelled at once, so that the undo of
 * the workflow runs.
 *
 * The tombstone comes first: from then on no step of the run has an effect, so that nothing happens between the reset and the
 * cancellation. Steps that were done return their stored results, and their undos are registered again.
 */
import { type Client, WorkflowNotFoundError } from '@temporalio/client'
import { sql } from 'kysely'
import type { Database } from '../database.ts'
import { leaveTombstone, lockRun, type RunKey, tombstoneOf } from '../receipt/tombstone.ts'
import { runState } from '../temporal/runs.ts'
import type { StoredFailure } from '../workflow/step.ts'
import type { LostRun } from '../workflow/steps.ts'

export interface Sweeper {
  db: Database
  client: Client
  taskQueue: string
}

const WATERMARK = 'lost runs'
/** Temporal's visibility lags behind a little; runs found twice are recognised by their id. */
const OVERLAP_MS = 600_000
const BATCH_SIZE = 50

/** Records runs lost since the last call. @returns those that are not settled, in the order of their last attempt. */
export async function findLostRuns({ db, client, taskQueue }: Sweeper): Promise<LostRun[]> {
  const lookedAt = new Date()
  const since = await watermark(db, lookedAt)
  const query = `TaskQueue = '${taskQueue}' and ExecutionStatus in ('Terminated', 'TimedOut') and CloseTime >= '${since.toISOString()}'`
  for await (const { workflowId, runId, status, closeTime } of client.workflow.list({ query })) {
    const run = await runState(client, workflowId, runId)
    if (!run) continue
    await sql`
      insert into turri.lost_run (workflow_id, run_id, first_run_id, status, closed_at)
      values (${workflowId}, ${runId}, ${run.firstRunId}, ${status.name}, ${closeTime!.toISOString()})
      on conflict do nothing`.execute(db)
  }
  await sql`update turri.watermark set at = ${lookedAt.toISOString()} where name = ${WATERMARK}`.execute(db)
  const { rows } = await sql<LostRun>`
    select workflow_id, run_id, first_run_id, status from turri.lost_run where settled_at is null
    order by coalesce(tried_at, found_at) limit ${BATCH_SIZE}`.execute(db)
  return rows
}

/** A little before the last call; at the first call, the beginning of time. */
async function watermark(db: Database, now: Date): Promise<Date> {
  await sql`
    insert into turri.watermark (name, at) values (${WATERMARK}, to_timestamp(0)) on conflict do nothing`.execute(db)
  const { rows } = await sql<{ at: string }>`select at from turri.watermark where name = ${WATERMARK}`.execute(db)
  return new Date(Math.max(0, Math.min(Date.parse(rows[0]!.at), now.getTime()) - OVERLAP_MS))
}

/**
 * Makes a lost run undo its effects. Safe to repeat.
 *
 * @returns what was done, or why it has to wait until the next call: another run of the same id is open, which a reset would end, or
 *   Temporal refuses.
 */
export async function reviveLostRun(sweeper: Sweeper, lost: LostRun): Promise<string> {
  try {
    return await settleLostRun(sweeper.db, lost, await revive(sweeper, lost))
  } catch (error) {
    const reason = `later: ${(error as Error).message}`
    await sql`
      update turri.lost_run set tried_at = clock_timestamp(), outcome = ${reason} where ${isLost(lost)}`.execute(
      sweeper.db,
    )
    return reason
  }
}

async function revive({ client, db }: Sweeper, lost: LostRun): Promise<string> {
  const run: RunKey = { workflowId: lost.workflow_id, runId: lost.first_run_id }
  const latest = await runState(client, run.workflowId)
  if (!latest) return 'Temporal has forgotten it'
  const isOfChain = latest.firstRunId === run.runId
  if (!isOfChain && latest.status === 'RUNNING') throw new Error('another run of this id is open')
  const isResetAlready = isOfChain && latest.runId !== lost.run_id
  if (isResetAlready && !(await tombstoneOf(db, run))) return `somebody has reset it: ${latest.runId}`
  await db.transaction().execute(async (trx) => {
    await lockRun(trx, run, 'exclusive')
    await leaveTombstone(trx, run, lostFailure(lost.status))
  })
  const runId = isResetAlready ? latest.runId : await reset(client, lost)
  await cancel(client, run.workflowId, runId)
  return `reset and cancelled: ${runId}`
}

function lostFailure(status: string): StoredFailure {
  const how = status.toLowerCase().replace('_', ' ')
  return { type: 'CHANGE_LOST', message: `The change was ${how} and is taken back.` }
}

/** Resets the run to its start. @returns the id of the new run. */
async function reset(client: Client, { workflow_id, run_id }: LostRun): Promise<string> {
  const { events } = await client.workflow.getHandle(workflow_id, run_id).fetchHistory()
  const begun = events?.find((event) => event.workflowTaskStartedEventAttributes)
  const scheduled = events?.find((event) => event.workflowTaskScheduledEventAttributes)
  const { runId } = await client.workflowService.resetWorkflowExecution({
    namespace: client.options.namespace,
    workflowExecution: { workflowId: workflow_id, runId: run_id },
    reason: 'it was lost: its undo has to run',
    requestId: `sweep-${run_id}`,
    workflowTaskFinishEventId: (Number(begun?.eventId ?? scheduled?.eventId ?? 2) + 1) as never,
  })
  return runId
}

async function cancel(client: Client, workflowId: string, runId: string): Promise<void> {
  try {
    await client.workflow.getHandle(workflowId, runId).cancel()
  } catch (error) {
    if (!(error instanceof WorkflowNotFoundError)) throw error // not found: it has ended by itself
  }
}

async function settleLostRun(db: Database, lost: LostRun, outcome: string): Promise<string> {
  await sql`
    update turri.lost_run set settled_at = clock_timestamp(), outcome = ${outcome} where ${isLost(lost)}`.execute(db)
  return outcome
}

const isLost = ({ workflow_id, run_id }: LostRun) => sql`workflow_id = ${workflow_id} and run_id = ${run_id}`
