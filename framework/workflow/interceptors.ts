/** What happens around every workflow: its trunk, its steps' headers, and how it ends. */
import {
  ActivityFailure,
  ApplicationFailure,
  CancellationScope,
  CancelledFailure,
  defaultPayloadConverter,
  type Headers,
  type Next,
  upsertMemo,
  type WorkflowExecuteInput,
  type WorkflowInboundCallsInterceptor,
  type WorkflowInterceptorsFactory,
  workflowInfo,
} from '@temporalio/workflow'
import { inTrunk, nextKey } from './branch.ts'
import { failureOf, faultOf, problemOf } from './failure.ts'
import { CANCELLED, type ChangeMemo, STEP_HEADER, type StepHeader } from './step.ts'

/** Registered with the bundle under this name. */
export const interceptors: WorkflowInterceptorsFactory = () => ({
  inbound: [{ execute: (input, next) => inTrunk(() => answer(input, next)) }],
  outbound: [
    {
      getLogAttributes: (input, next) => ({
        ...next(input),
        requestId: (workflowInfo().memo as ChangeMemo)?.requestId,
      }),
      scheduleActivity: (input, next) => next(withStep(input)),
      scheduleLocalActivity: (input, next) => unlessCancelled(withStep(input), next),
    },
  ],
})

/** A refusal ends the workflow completed, with the problem as its answer; a fault ends it failed. */
async function answer(
  input: WorkflowExecuteInput,
  next: Next<WorkflowInboundCallsInterceptor, 'execute'>,
): Promise<unknown> {
  try {
    return await next(input)
  } catch (error) {
    const problem = problemOf(error)
    if (!problem || isFault(error)) throw faultOf(error)
    upsertMemo({ state: 'reverted', problem: problem.code ?? problem.type })
    if (workflowInfo().parent) throw failureOf(problem)
    return { problem }
  }
}

function isFault(error: unknown): boolean {
  return (error as { type?: string }).type === 'UNDO_FAILED'
}

/**
 * The steps whose scheduling has begun, by their arguments: the SDK schedules again what waits long for its next attempt,
 * and that has to be the same step.
 */
const begun = new WeakMap<unknown[], StepHeader>()

type Scheduling = { activityType: string; args: unknown[]; headers: Headers; options: { summary?: string } }

function withStep<I extends Scheduling>(input: I): I {
  const step = begun.get(input.args) ?? stepHeader(input.activityType)
  begun.set(input.args, step)
  const headers = { ...input.headers, [STEP_HEADER]: defaultPayloadConverter.toPayload(step) }
  return { ...input, headers, options: { summary: step.key, ...input.options } }
}

/**
 * A local step is never cancelled while it runs, and is asked for also when the change has been cancelled: one that an earlier
 * pass did answers then, so that its undo gets noted; one that was not done is refused (`receipts.ts`).
 */
async function unlessCancelled<I>(input: I, next: (input: I) => Promise<unknown>): Promise<unknown> {
  try {
    return await CancellationScope.nonCancellable(() => next(input))
  } catch (error) {
    const cause = error instanceof ActivityFailure ? error.cause : error
    if (cause instanceof ApplicationFailure && cause.type === CANCELLED) throw new CancelledFailure(cause.message)
    throw error
  }
}

function stepHeader(name: string): StepHeader {
  const { workflowId, firstExecutionRunId, memo } = workflowInfo()
  const { generation = 0, requestId } = (memo ?? {}) as ChangeMemo
  const cancelled = CancellationScope.current().consideredCancelled
  return {
    workflowId,
    runId: firstExecutionRunId,
    generation,
    ...nextKey(name),
    cancelled,
    ...(requestId && { requestId }),
  }
}
