/** `run`: starts a change, or joins the one that the same request has started, and waits for its answer. */
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

/** What identifies a request: a repeated one has the same key, scope and content. */
export interface RequestIdentity {
  requestId: string
  /** The caller's `Idempotency-Key`. */
  key?: string
  /** Who sends the request; actor, method and path are the scope of the key. */
  actor: string
  method: string
  path: string
  /** Query and body; the same key with another content is refused. */
  content: string
}

export interface RunOptions {
  request?: RequestIdentity
  /** The workflow's id; default: made from its subject or the request */
  id?: string
}

export type Outcome<R> =
  | { state: 'done'; workflowId: string; answer: R; replayed: boolean }
  | { state: 'running'; workflowId: string }

export interface RunnerOptions {
  client: Client
  taskQueue: string
  /** The names of all workflows, if known; another name is an error, as no worker would run it. */
  catalogue?: ReadonlySet<string>
  /** Whether a worker polls on the client's connection, so that Temporal returns the first task with the start. */
  eager: boolean
  digest: (text: string) => string
  maxChanges: number
  /** How long to wait for an answer; default: 30 s */
  waitMs?: number
}

export interface Runner {
  /**
   * @returns the answer, or `running` if there is none after the wait.
   * @throws Problem if the change is refused, the key was used for another request, too many changes are in flight, Temporal cannot
   *   be reached, or the request's earlier run was lost and is not undone yet; `Fault` if the change fails.
   */
  run<W extends ChangeWorkflow>(
    workflow: W,
    input: Parameters<W>[0],
    options?: RunOptions,
  ): Promise<Outcome<Awaited<ReturnType<W>>>>
}

/** A change that failed without a refusal: a bug, or a broken dependency. */
export class Fault extends Error {
  override readonly name = 'Fault'
  readonly workflowId: string

  constructor(workflowId: string, cause: unknown) {
    super(`The change ${workflowId} failed`, { cause })
    this.workflowId = workflowId
  }
}

/** The id of the workflow that refused, for the header `X-Workflow-Id`. */
export const refusedBy = new WeakMap<Problem, string>()
/** Refusals of an earlier request, for the header `Idempotent-Replayed`. */
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
        const startOrJoin = () => start(options, workflow.name, input, subjectId, request)
        const started = request ? await asActor(request.actor, startOrJoin) : await startOrJoin()
        return await awaitAnswer(options, started)
      } catch (error) {
        throw problemOfTemporal(error) ?? error
      } finally {
        inFlight--
      }
    },
  }
}

interface Started {
  handle: WorkflowHandle
  /** Whether an earlier request has started it. */
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
    return { handle, joined: !isCertainlyOurs && isOfAnotherRequest(await handle.describe(), memo, subjectId) }
  }
  if (subjectId) return begin(WorkflowIdReusePolicy.ALLOW_DUPLICATE)
  try {
    return await begin(WorkflowIdReusePolicy.REJECT_DUPLICATE)
  } catch (error) {
    if (!isAlreadyStarted(error)) throw error
    return joinOrRestart(client.workflow.getHandle(workflowId), memo, begin)
  }
}

const RESTARTABLE = ['FAILED', 'CANCELLED']

/**
 * For a repeated request whose change has ended: joins it, or starts it once more if it failed.
 *
 * A lost run is refused until the sweeper has undone it. If it were started again before, the run that undoes it would be the latest
 * of this id, and hide the new answer from the next repeat.
 */
async function joinOrRestart(
  handle: WorkflowHandle,
  memo: ChangeMemo,
  begin: (policy: WorkflowIdReusePolicy) => Promise<Started>,
): Promise<Started> {
  const earlier = await handle.describe()
  const status = earlier.status.name
  if (isLost({ status })) throw changeLost(handle.workflowId)
  if (!RESTARTABLE.includes(status)) return { handle, joined: isOfAnotherRequest(earlier, memo) }
  try {
    return await begin(WorkflowIdReusePolicy.ALLOW_DUPLICATE_FAILED_ONLY)
  } catch (error) {
    if (!isAlreadyStarted(error)) throw error
    return joinOrRestart(handle, memo, begin) // another repeat was faster
  }
}

function changeLost(workflowId: string): Problem {
  const message = 'The change was lost, and has to be taken back before it can begin anew. Try again in a minute.'
  const problem = new Problem('unavailable', message, 'CHANGE_LOST')
  refusedBy.set(problem, workflowId)
  return problem
}

/**
 * Whether another request has started a workflow.
 *
 * @throws Problem `IDEMPOTENCY_KEY_REUSED` if that request had another content.
 */
function isOfAnotherRequest(description: { memo?: unknown }, memo: ChangeMemo, subjectId?: string): boolean {
  const theirs = description.memo as ChangeMemo | undefined
  if (!subjectId && theirs?.digest !== memo.digest) {
    throw new Problem('invalid_data', 'This Idempotency-Key was used for another request.', 'IDEMPOTENCY_KEY_REUSED')
  }
  return theirs?.requestId !== memo.requestId
}

async function awaitAnswer<R>(
  { client, waitMs = 30_000 }: RunnerOptions,
  { handle, joined }: Started,
): Promise<Outcome<R>> {
  const { workflowId } = handle
  const timeout = AbortSignal.timeout(waitMs)
  try {
    // The signal ends the polling, but not the current poll.
    const answer = await Promise.race([client.withAbortSignal(timeout, () => handle.result()), aborted(timeout)])
    if (isRefusal(answer)) {
      const problem = Problem.from(answer.problem)
      refusedBy.set(problem, workflowId)
      if (joined) replayedRefusals.add(problem)
      throw problem
    }
    return { state: 'done', workflowId, answer: answer as R, replayed: joined }
  } catch (error) {
    if (timeout.aborted) return { state: 'running', workflowId }
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

const INVALID_ARGUMENT = 3
/** DEADLINE_EXCEEDED, RESOURCE_EXHAUSTED and UNAVAILABLE. */
const UNREACHABLE = [4, 8, 14]

/** The problem if Temporal cannot be reached or refuses the size of a change; undefined if the error is a fault. */
function problemOfTemporal(error: unknown): Problem | undefined {
  const grpcError = grpcErrorIn(error)
  const withCause = (problem: Problem) => Object.assign(problem, { cause: error })
  if (grpcError && UNREACHABLE.includes(grpcError.code)) {
    return withCause(
      new Problem('unavailable', 'Temporal cannot be reached at the moment. Try again.', 'TEMPORAL_AWAY'),
    )
  }
  if (grpcError?.code !== INVALID_ARGUMENT || !/exceeds limit/i.test(grpcError.message)) return undefined
  return withCause(new Problem('invalid_data', 'The change is too large: send it in parts', 'CHANGE_TOO_LARGE'))
}

/** The gRPC error that the SDK has wrapped. */
function grpcErrorIn(error: unknown): GrpcServiceError | undefined {
  for (let at = error; at instanceof Error; at = at.cause) if (isGrpcServiceError(at)) return at
  return undefined
}

function isAlreadyStarted(error: unknown): error is AlreadyStarted {
  return error instanceof WorkflowExecutionAlreadyStartedError
}

/** As JSON, so that two different scopes never have the same text. */
function scopeOf({ actor, method, path, key }: RequestIdentity): string {
  return JSON.stringify([actor, method, path, key])
}
