/** The ways to call an activity, sorted by what happens if it runs twice. */
import {
  ActivityCancellationType,
  type ActivityOptions,
  type LocalActivityOptions,
  proxyActivities,
  proxyLocalActivities,
} from '@temporalio/workflow'
import { currentRunState } from './branch.ts'
import { answerOf, type Enveloped, type WriteOptions } from './event.ts'
import { problemOf } from './failure.ts'
import type { DeliveryKey } from './step.ts'

// biome-ignore lint/suspicious/noExplicitAny: the methods of services take what they like
type Method = (...args: any[]) => Promise<unknown>

/** The methods that workflows may call, by what happens if they run twice. */
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

/** A death is noticed by the missing heartbeat, within 3 s. */
const REMOTE: ActivityOptions = {
  startToCloseTimeout: '30s',
  heartbeatTimeout: '3s',
  cancellationType: ActivityCancellationType.WAIT_CANCELLATION_COMPLETED,
  retry: { initialInterval: '200ms', backoffCoefficient: 2, maximumInterval: '2s' },
}

/** After so many attempts the outside world counts as gone, and the change is taken back. */
const CALL_ATTEMPTS = 10

/** Methods whose module has a task queue of its own, by name; the bundle carries it (`temporal.yaml`, `moduleTaskQueues`). */
declare const TURRI_TASK_QUEUES: Record<string, string> | undefined

/**
 * The five ways to call an activity (`design.md` 3.1):
 *
 * - `read` asks our database; the answer is recorded, so that a second pass decides as the first.
 * - `write` is one transaction of one module, with a receipt.
 * - `call` asks the outside world and may be repeated, because it carries an idempotency key. Ten attempts.
 * - `once` asks the outside world and may not be repeated: one attempt. When it is broken off, it is not known whether it has
 *   happened (`isOutcomeUnknown`), and the workflow must say what then.
 * - `undo` takes something back; it is repeated until it succeeds.
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
    write: wrapped(local, writing),
    call: wrapped(remote({ ...REMOTE.retry, maximumAttempts: CALL_ATTEMPTS }), acting),
    once: wrapped(remote({ maximumAttempts: 1 }), acting),
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

/** The key of a write is noted, as the journal may have something to take back of it. */
async function writing(write: Method, input: unknown[]): Promise<unknown> {
  const runState = currentRunState()
  const position = runState.begun.length
  runState.effects++
  try {
    const written = write(...input)
    runState.writes.add(runState.begun[position]!) // a step's key is made as it is scheduled
    return answerOf(await written)
  } catch (error) {
    if (problemOf(error)) runState.effects--
    throw error
  }
}

/** Counts what may have had an effect: where there is none, there is nothing to take back. */
async function acting(method: Method, input: unknown[]): Promise<unknown> {
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

/** Steps of modules that work on a queue of their own go there, as normal activities. */
function routed(here: Methods, elsewhere: ActivityOptions): Methods {
  const queues = taskQueues()
  return new Proxy(here, {
    get: (_, name: string) => {
      const taskQueue = queues[name]
      return taskQueue ? proxyActivities<Methods>({ ...elsewhere, taskQueue })[name] : here[name]
    },
  })
}

/** The framework's own steps. */
export const own = proxyLocalActivities<{
  /** Leaves the tombstone, so that no step of the run acts from now on, and takes back what the run wrote. */
  takeBack: (failure: TakenBack, scope: TakeBackScope) => Promise<TakeBackAnswer>
  /** Writes events in a step of their own. */
  publish: (options: WriteOptions) => Promise<Enveloped>
  /** Starts the subscribers of what the run has published, each once. */
  dispatch: () => Promise<void>
  /** Notes how a subscriber's run ended. */
  settleDelivery: (delivery: DeliveryKey, failure: TakenBack | null) => Promise<void>
  /** Runs that were terminated or timed out, and that nothing has been done about. */
  findLostRuns: () => Promise<LostRun[]>
  /** Has a lost run take back what it did; says what became of it. */
  reviveLostRun: (run: LostRun) => Promise<string>
  /** Sends out events whose run could not, starts subscribers again whose time has come, and frees leases of the dead. */
  dispatchLeftEvents: () => Promise<number>
  retryDeliveries: () => Promise<number>
  freeLeases: () => Promise<number>
  /** Forgets what is older; undefined when there is no more. */
  prune: () => Promise<{ rows: number; more: boolean }>
  /** Starts a subscriber again for an event. */
  replayEvent: (event: string, subscriber?: string) => Promise<string[]>
  /** Takes back a finished change. */
  undoRun: (run: { workflowId: string; runId: string }) => Promise<{ rows: number }>
  /** Deals with what could not be taken back. */
  settleConflict: (id: string, how: 'retry' | 'dismiss') => Promise<void>
}>(LOCAL)

/** A run that ended without a chance to take back what it did. */
export interface LostRun {
  workflow_id: string
  run_id: string
  /** The first run of its chain. */
  first_run_id: string
  status: string
}

/** What of a run the journal takes back: all writes since its last completed saga, but for some. */
export interface TakeBackScope {
  generation: number
  /** Steps of this generation that are left alone. */
  keep: string[]
  standsBelow: number
}

export interface TakeBackAnswer {
  /** How long a request to the outside may still be under way, in ms. */
  waitMs: number
  /** How many effects of the run stand so far, because somebody has built on them. */
  conflicts: number
  /** There was more than one transaction should hold. */
  more: boolean
}

/** Why a run is taken back; what its late steps answer with. */
export interface TakenBack {
  type: string
  message: string
  problem?: unknown
}
