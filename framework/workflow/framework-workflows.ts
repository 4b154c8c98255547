/** The framework's own workflows, for operators and schedules. Part of every project's catalogue. */
import { frameworkSteps } from './steps.ts'

export interface UndoChangeInput {
  workflowId: string
  /** The first run of its chain. */
  runId: string
}

/** Undoes a finished change that wrote only to our own tables and that no other change has built on. Refuses with the reasons. */
export async function undoChange(run: UndoChangeInput): Promise<{ rows: number }> {
  return frameworkSteps.undoRun(run)
}

undoChange.subject = ({ workflowId, runId }: UndoChangeInput) => `${workflowId}/${runId}`

export interface SettleUndoConflictInput {
  id: string
  /** Try to undo the row again, or mark the conflict as resolved by hand. */
  how: 'retry' | 'dismiss'
}

/** Retries or dismisses an undo conflict. */
export async function settleUndoConflict({ id, how }: SettleUndoConflictInput): Promise<void> {
  await frameworkSteps.settleConflict(id, how)
}

export interface SweepResult {
  /** `<workflow id>/<run id>` of each lost run → what was done. */
  lost: Record<string, string>
  events: number
  deliveries: number
  leases: number
}

/**
 * Cleans up after runs that ended without running their own code: makes runs that were terminated or timed out undo their effects,
 * dispatches events, starts subscribers again and releases leases.
 */
export async function sweep(): Promise<SweepResult> {
  const lost: Record<string, string> = {}
  for (const run of await frameworkSteps.findLostRuns()) {
    lost[`${run.workflow_id}/${run.run_id}`] = await frameworkSteps.reviveLostRun(run)
  }
  const events = await frameworkSteps.dispatchLeftEvents()
  const deliveries = await frameworkSteps.retryDeliveries()
  const leases = await frameworkSteps.freeLeases()
  return { lost, events, deliveries, leases }
}

const MAX_ROUNDS = 200

/** Deletes receipts, journal entries and events that are older than TURRI_KEEP_DAYS. */
export async function prune(): Promise<{ rows: number }> {
  let rows = 0
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const pruned = await frameworkSteps.prune()
    rows += pruned.rows
    if (!pruned.more) break
  }
  return { rows }
}

export interface ReplayEventInput {
  event: string
  /** default: all subscribers of the event */
  subscriber?: string
}

/** Starts the subscribers of an event once more, except those that are running. */
export async function replayEvent({ event, subscriber }: ReplayEventInput): Promise<{ started: string[] }> {
  return { started: await frameworkSteps.replayEvent(event, subscriber) }
}
