/** The framework's own workflows: what operators ask for. Part of every project's catalogue. */
import { own } from './steps.ts'

export interface UndoChangeInput {
  workflowId: string
  /** The first run of its chain. */
  runId: string
}

/** Takes back a finished change that touched only our own rows and that nobody has built on; refuses with the reasons. */
export async function undoChange(run: UndoChangeInput): Promise<{ rows: number }> {
  return own.undoRun(run)
}

/** One undo of a change at a time. */
undoChange.subject = ({ workflowId, runId }: UndoChangeInput) => `${workflowId}/${runId}`

export interface SettleUndoConflictInput {
  id: string
  /** To take back what was left, or to note that somebody has dealt with it. */
  how: 'retry' | 'dismiss'
}

/** Deals with what could not be taken back. */
export async function settleUndoConflict({ id, how }: SettleUndoConflictInput): Promise<void> {
  await own.settleConflict(id, how)
}

export interface SweepResult {
  /** What became of runs that were lost, by the id of each. */
  lost: Record<string, string>
  events: number
  deliveries: number
  leases: number
}

/**
 * Deals with what dead runs have left: has those that were terminated or timed out take back what they did, sends out events,
 * starts subscribers again, frees leases.
 */
export async function sweep(): Promise<SweepResult> {
  const lost: Record<string, string> = {}
  for (const run of await own.findLostRuns()) {
    lost[`${run.workflow_id}/${run.run_id}`] = await own.reviveLostRun(run)
  }
  const events = await own.dispatchLeftEvents()
  const deliveries = await own.retryDeliveries()
  const leases = await own.freeLeases()
  return { lost, events, deliveries, leases }
}

const MAX_ROUNDS = 200

/** Forgets receipts, journal and events that are older than TURRI_KEEP_DAYS. */
export async function prune(): Promise<{ rows: number }> {
  let rows = 0
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const pruned = await own.prune()
    rows += pruned.rows
    if (!pruned.more) break
  }
  return { rows }
}

export interface ReplayEventInput {
  event: string
  /** All that it was for, where it is left out. */
  subscriber?: string
}

/** Starts the subscribers of an event once more, those that do not run already. */
export async function replayEvent({ event, subscriber }: ReplayEventInput): Promise<{ started: string[] }> {
  return { started: await own.replayEvent(event, subscriber) }
}
