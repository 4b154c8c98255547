/** `run`: starts a change, or joins the one that the same request began, and waits for its answer. */
import {
  type WorkflowExecutionAlreadyStartedError as AlreadyStarted,
  type Client,
  isGrpcServiceError,
  WorkflowExecutionAlreadyStartedError,
  WorkflowFailedError,
  type WorkflowHandle,
  WorkflowIdConflictPolicy,
  WorkflowIdReusePolicy,
} from '@temporalio/client'
import { CancelledFailure } from '@temporalio/common'
import { newUlid } from './new-ulid.ts'
import { isRefusal, Problem } from './problem.ts'
import { asActor } from './temporal/client.ts'
import { isLost } from './temporal/runs.ts'
import { type ChangeWorkflow, kebab, WORKFLOW_TASK_TIMEOUT, workflowIdOf } from './workflow/change.ts'
import type { ChangeMemo } from './workflow/step.ts'

/** What tells one request from another. */
export interface RequestIdentity {
  requestId: string
  /** The caller's `Idempotency-Key`. */
  key?: string
  /** Who asks; with method and path it is the scope of the key. */
  actor: string
  method: string
  path: string
  /** Query and body: the same key with others is refused. */
  content: string
}

export interface RunOptions {
  request?: RequestIdentity
  /** Instead of the workflow's own subject. */
  id?: string
}

export type Outcome<R> =
  | { state: 'done'; workflowId: string; answer: R; replayed: boolean }
  | { state: 'running'; workflowId: string }

export interface RunnerOptions {
  client: Client
  taskQueue: string
  /** The names of the workflows that there are, where that is known: no worker would ever run another. */
  catalogue?: ReadonlySet<string>
  /** Whether a worker polls on the client's own connection: the first task is then handed over with the start. */
  eager: boolean
  digest: (text: string) => string
  maxChanges: number
  /** How long an answer is waited for, in ms. */
  waitMs?: number
}

export interface Runner {
  /**
   * @returns the answer, or that the change is still running after the wait.
   * @throws Problem with `workflowId` when the change was refused, `duplicate_error` when the key was used for another
   *   request, `unavailable` when too much is in flight, Temporal is away, or what the request's lost run did has to be taken
   *   back first; a `Fault` when the change failed.
   */
  run<W extends ChangeWorkflow>(
    workflow: W,
    input: Parameters<W>[0],
    options?: RunOptions,
  ): Promise<Outcome<Awaited<ReturnType<W>>>>
}

/** A change that failed for a reason that is no refusal: a bug, or something broken. */
export class Fault extends Error {
  override readonly name = 'Fault'
  readonly workflowId: string

  constructor(workflowId: string, cause: unknown) {
    super(`The change ${workflowId} failed`, { cause })
    this.workflowId = workflowId
  }
}

/** Which workflow refused: for the answer's `X-Workflow-Id`. */
export const refusedBy = new WeakMap<Problem, string>()
/** Refusals that an earlier request got: for the answer's `Idempotent-Replayed`. */
export const replayedRefusals = new WeakSet<Problem>()

export function createRunner(options: RunnerOptions): Runner {
  let inFlight = 0
  return {
    async run(workflow, input, { id, request } = {}) {
      if (options.catalogue && !options.catalogue.has(workflow.name)) {
        throw new Error(
          `The workflow '${workflow.name}' is not exported by the project's file of workflows: no worker would run it`,
        )
      }
      if (inFlight >= options.maxChanges) {
        throw new Problem('unavailable', 'Too many changes are in flight. Try again in a moment.', 'TOO_MANY_CHANGES')
      }
      inFlight++
      try {
        const subjectId = id ?? workflowIdOf(workflow, input)
        const starting = () => start(options, workflow.name, input, subjectId, request)
        const started = request ? await asActor(request.actor, starting) : await starting()
        return await answerOf(options, started)
      } catch (error) {
        throw refusalOfTemporal(error) ?? error
      } finally {
        inFlight--
      }
    },
  }
}

interface Started {
  handle: WorkflowHandle
  /** Whether an earlier request began it. */
  joined: boolean
}

async function start(
  { client, taskQueue, eager, digest }: RunnerOptions,
  name: string,
  input: unknown,
  subjectId: string | undefined,
  request: RequestIdentity | undefined,
): Promise<Started> {
  const workflowId = subjectId ?? `${kebab(name)}/${request?.key ? digest(scopeOf(request)) : newUlid()}`
  const memo: ChangeMemo = {
    ...(request && { requestId: request.requestId }),
    ...(request?.key && { digest: digest(request.content) }),
  }
  const begin = async (workflowIdReusePolicy: WorkflowIdReusePolicy): Promise<Started> => {
    const handle = await client.workflow.start(name, {
      taskQueue,
      workflowId,
      args: [input],
      memo,
      requestEagerStart: eager,
      workflowTaskTimeout: WORKFLOW_TASK_TIMEOUT,
      workflowIdConflictPolicy: WorkflowIdConflictPolicy.USE_EXISTING,
      workflowIdReusePolicy,
    })
    const isCertainlyOurs = handle.eagerlyStarted || (!subjectId && !request?.key)
    return { handle, joined: !isCertainlyOurs && joinedAnother(await handle.describe(), memo, subjectId) }
  }
  if (subjectId) return begin(WorkflowIdReusePolicy.ALLOW_DUPLICATE)
  try {
    return await begin(WorkflowIdReusePolicy.REJECT_DUPLICATE)
  } catch (error) {
    if (!isAlreadyStarted(error)) throw error
    return startAgain(client.workflow.getHandle(workflowId), memo, begin)
  }
}

const IN_VAIN = ['FAILED', 'CANCELLED']

/**
 * A repeat of a request whose change has ended: it gets that answer, or begins the change anew where it failed.
 *
 * Where it was lost, what it did still stands. Were it begun anew before that is taken back, the run that takes it back would be
 * the last of this id, and hide the answer of this one from the next repeat.
 */
async function startAgain(
  handle: WorkflowHandle,
  memo: ChangeMemo,
  begin: (policy: WorkflowIdReusePolicy) => Promise<Started>,
): Promise<Started> {
  const earlier = await handle.describe()
  const status = earlier.status.name
  if (isLost({ status })) throw notTakenBackYet(handle.workflowId)
  if (!IN_VAIN.includes(status)) return { handle, joined: joinedAnother(earlier, memo) }
  try {
    return await begin(WorkflowIdReusePolicy.ALLOW_DUPLICATE_FAILED_ONLY)
  } catch (error) {
    if (!isAlreadyStarted(error)) throw error
    return startAgain(handle, memo, begin) // another repeat was faster
  }
}

function notTakenBackYet(workflowId: string): Problem {
  const message = 'The change was lost, and has to be taken back before it can begin anew. Try again in a minute.'
  const problem = new Problem('unavailable', message, 'CHANGE_LOST')
  refusedBy.set(problem, workflowId)
  return problem
}

/** Whether a workflow was begun by another request; refuses one that asked for something else under the same key. */
function joinedAnother(description: { memo?: unknown }, memo: ChangeMemo, subjectId?: string): boolean {
  const theirs = description.memo as ChangeMemo | undefined
  if (!subjectId && theirs?.digest !== memo.digest) {
    throw new Problem('invalid_data', 'This Idempotency-Key was used for another request.', 'IDEMPOTENCY_KEY_REUSED')
  }
  return theirs?.requestId !== memo.requestId
}

async function answerOf<R>(
  { client, waitMs = 30_000 }: RunnerOptions,
  { handle, joined }: Started,
): Promise<Outcome<R>> {
  const { workflowId } = handle
  const tooLate = AbortSignal.timeout(waitMs)
  try {
    // The signal ends the polling, but not the poll that is under way.
    const answer = await Promise.race([client.withAbortSignal(tooLate, () => handle.result()), aborted(tooLate)])
    if (isRefusal(answer)) {
      const problem = Problem.from(answer.problem)
      refusedBy.set(problem, workflowId)
      if (joined) replayedRefusals.add(problem)
      throw problem
    }
    return { state: 'done', workflowId, answer: answer as R, replayed: joined }
  } catch (error) {
    if (tooLate.aborted) return { state: 'running', workflowId }
    if (error instanceof WorkflowFailedError) throw failureOf(error, workflowId)
    throw error
  }
}

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason), { once: true }))
}

function failureOf(error: WorkflowFailedError, workflowId: string): Error {
  if (!(error.cause instanceof CancelledFailure)) return new Fault(workflowId, error.cause)
  const problem = new Problem('not_allowed', 'The change was cancelled and taken back.', 'CHANGE_CANCELLED')
  refusedBy.set(problem, workflowId)
  return problem
}

type GrpcServiceError = typeof isGrpcServiceError extends (error: unknown) => error is infer E ? E : never

/** Statuses of gRPC: INVALID_ARGUMENT; DEADLINE_EXCEEDED, RESOURCE_EXHAUSTED and UNAVAILABLE. */
const [REFUSED, AWAY] = [3, [4, 8, 14]]

/** What it means to the caller that Temporal does not answer, or does not take it; undefined where it is a fault. */
function refusalOfTemporal(error: unknown): Problem | undefined {
  const said = grpcErrorIn(error)
  const because = (problem: Problem) => Object.assign(problem, { cause: error })
  if (said && AWAY.includes(said.code)) {
    return because(new Problem('unavailable', 'Temporal cannot be reached at the moment. Try again.', 'TEMPORAL_AWAY'))
  }
  if (said?.code !== REFUSED || !/exceeds limit/i.test(said.message)) return undefined
  return because(new Problem('invalid_data', 'The change is too large: send it in parts', 'CHANGE_TOO_LARGE'))
}

/** The SDK wraps it. */
function grpcErrorIn(error: unknown): GrpcServiceError | undefined {
  for (let at = error; at instanceof Error; at = at.cause) if (isGrpcServiceError(at)) return at
  return undefined
}

function isAlreadyStarted(error: unknown): error is AlreadyStarted {
  return error instanceof WorkflowExecutionAlreadyStartedError
}

/** As JSON, so that no two scopes read the same. */
function scopeOf({ actor, method, path, key }: RequestIdentity): string {
  return JSON.stringify([actor, method, path, key])
}
