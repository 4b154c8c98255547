/** The ways to call an activity, sorted by what happens if it runs twice. */
import {
  ActivityCancellationType,
  type ActivityOptions,
  type LocalActivityOptions,
  proxyActivities,
  proxyLocalActivities,
} from '@temporalio/workflow'
import { currentRunState } from './branch.ts'
import { type Enveloped, unwrapAnswer, type WriteOptions } from './event.ts'
import { problemOf } from './failure.ts'
import type { DeliveryKey, StoredFailure } from './step.ts'

// biome-ignore lint/suspicious/noExplicitAny: a method of a service takes any arguments
type Method = (...args: any[]) => Promise<unknown>

/** The methods that workflows may call, by proxy. */
export interface StepCatalogue {
  read: unknown
  write: unknown
  call: unknown
  once: unknown
  undo: unknown
}

const LOCAL: LocalActivityOptions = {
  startToCloseTimeout: '10s',
  cancellationType: ActivityCancellationType.WAIT_CANCELLATION_COMPLETED,
  retry: { initialInterval: '100ms', backoffCoefficient: 2, maximumInterval: '2s' },
}

/** A dead worker is noticed by its missing heartbeat, within 3 s. */
const REMOTE: ActivityOptions = {
  startToCloseTimeout: '30s',
  heartbeatTimeout: '3s',
  cancellationType: ActivityCancellationType.WAIT_CANCELLATION_COMPLETED,
  retry: { initialInterval: '200ms', backoffCoefficient: 2, maximumInterval: '2s' },
}

/** After this many attempts a `call` fails, and the change is undone. */
const CALL_ATTEMPTS = 10

/** Method → task queue, for modules with a queue of their own (`moduleTaskQueues` in `temporal.yaml`). Defined by the bundle. */
declare const TURRI_TASK_QUEUES: Record<string, string> | undefined

/**
 * The five ways to call an activity, by what happens if it runs twice (`docs/architecture.md`):
 *
 * - `read` queries our database. The answer is recorded, so that a second pass decides as the first.
 * - `write` changes our database in one transaction, with a receipt.
 * - `call` requests something from an external system and can be repeated, because it carries an idempotency key. Ten attempts.
 * - `once` requests something from an external system and must not be repeated: one attempt. If it is interrupted, its outcome is
 *   unknown (`isOutcomeUnknown`), and the workflow has to handle that.
 * - `undo` reverses a step. It is retried until it succeeds.
 *
 * @example const { read, write, call, once, undo } = steps<Activities>()
 */
export function steps<C extends StepCatalogue>(): C {
  const local = routed(proxyLocalActivities(LOCAL), REMOTE)
  const remote = (retry: ActivityOptions['retry']) => {
    const options = { ...REMOTE, ...(retry && { retry }) }
    return routed(proxyActivities(options), options)
  }
  return {
    read: local,
    write: wrapped(local, trackWrite),
    call: wrapped(remote({ ...REMOTE.retry, maximumAttempts: CALL_ATTEMPTS }), countEffect),
    once: wrapped(remote({ maximumAttempts: 1 }), countEffect),
    undo: remote(REMOTE.retry),
  } as unknown as C
}

type Methods = Record<string, Method>

function wrapped(methods: Methods, around: (method: Method, input: unknown[]) => Promise<unknown>): Methods {
  return new Proxy(methods, {
    get:
      (_, name: string) =>
      (...input: unknown[]) =>
        around(methods[name]!, input),
  })
}

/** Remembers the key of a write, whose rows the journal may have to undo. */
async function trackWrite(write: Method, input: unknown[]): Promise<unknown> {
  const runState = currentRunState()
  const position = runState.begun.length
  runState.effects++
  try {
    const written = write(...input)
    runState.writes.add(runState.begun[position]!) // the key of a step is made when it is scheduled
    return unwrapAnswer(await written)
  } catch (error) {
    if (problemOf(error)) runState.effects--
    throw error
  }
}

/** Counts the steps that may have had an effect: without one there is nothing to undo. */
async function countEffect(method: Method, input: unknown[]): Promise<unknown> {
  const runState = currentRunState()
  runState.effects++
  try {
    return await method(...input)
  } catch (error) {
    if (problemOf(error)) runState.effects-- // refused
    throw error
  }
}

function taskQueues(): Record<string, string> {
  return typeof TURRI_TASK_QUEUES === 'undefined' ? {} : (TURRI_TASK_QUEUES ?? {})
}

/** Sends steps of modules with a task queue of their own to that queue, as normal activities. */
function routed(methods: Methods, remoteOptions: ActivityOptions): Methods {
  const queues = taskQueues()
  return new Proxy(methods, {
    get: (_, name: string) => {
      const taskQueue = queues[name]
      return taskQueue ? proxyActivities<Methods>({ ...remoteOptions, taskQueue })[name] : methods[name]
    },
  })
}

/** The framework's own steps. */
export const frameworkSteps = proxyLocalActivities<{
  /** Leaves the tombstone, so that no step of the run has an effect from now on, and undoes the rows that the run wrote. */
  takeBack: (failure: StoredFailure, scope: UndoScope) => Promise<UndoProgress>
  /** Publishes events without a write. */
  publish: (options: WriteOptions) => Promise<Enveloped>
  /** Starts the subscribers of the run's events, each once. */
  dispatch: () => Promise<void>
  /** Records how a subscriber's run ended. */
  settleDelivery: (delivery: DeliveryKey, failure: StoredFailure | null) => Promise<void>
  /** Lists runs that were terminated or timed out and are not undone yet. */
  findLostRuns: () => Promise<LostRun[]>
  /** Makes a lost run undo its effects. Returns what was done. */
  reviveLostRun: (run: LostRun) => Promise<string>
  /** Dispatches events of runs that ended before they could. Returns how many. */
  dispatchLeftEvents: () => Promise<number>
  /** Starts subscribers whose next attempt is due. Returns how many. */
  retryDeliveries: () => Promise<number>
  /** Releases leases of runs that have ended. Returns how many. */
  freeLeases: () => Promise<number>
  /** Deletes old rows, in batches; `more` if there is another batch. */
  prune: () => Promise<{ rows: number; more: boolean }>
  /** Starts a subscriber of an event once more. */
  replayEvent: (event: string, subscriber?: string) => Promise<string[]>
  /** Undoes a finished change. */
  undoRun: (run: { workflowId: string; runId: string }) => Promise<{ rows: number }>
  /** Retries or dismisses an undo conflict. */
  settleConflict: (id: string, how: 'retry' | 'dismiss') => Promise<void>
}>(LOCAL)

/** A run that was terminated or timed out, and so could not undo its effects. */
export interface LostRun {
  workflow_id: string
  run_id: string
  /** The first run of its chain. */
  first_run_id: string
  status: string
}

/** Which writes of a run the journal undoes: all since its last completed saga, except some. */
export interface UndoScope {
  generation: number
  /** Keys of steps of this generation that are not undone. */
  keep: string[]
  /** Effects of generations below this one are not undone. */
  standsBelow: number
}

export interface UndoProgress {
  /** How long a request to an external system may still be running, in ms. */
  waitMs: number
  /** How many effects of the run are undo conflicts so far. */
  conflicts: number
  /** There is more to undo than fits into one transaction. */
  more: boolean
}
