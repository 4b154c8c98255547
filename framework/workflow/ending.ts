/** The end of a workflow: its answer, a refusal, a failure or a cancellation, and what has to happen before. */
import {
  CancellationScope,
  isCancellation,
  log,
  type Next,
  upsertMemo,
  type WorkflowExecuteInput,
  type WorkflowInboundCallsInterceptor,
  workflowInfo,
} from '@temporalio/workflow'
import type { ProblemBody } from '../problem.ts'
import { inUndo, type RunState } from './branch.ts'
import { failureOf, faultOf, isContinueAsNew, problemOf, reasonOf } from './failure.ts'
import { dispatchPublished } from './publish.ts'
import type { ChangeMemo, DeliveryKey, StoredFailure } from './step.ts'
import { frameworkSteps } from './steps.ts'
import { undoEffects } from './undo.ts'

type Execute = Next<WorkflowInboundCallsInterceptor, 'execute'>

/**
 * Runs a workflow to its end.
 *
 * - If it succeeds, its events are dispatched.
 * - A refusal completes it with the problem as its answer; a fault fails it. In both cases its effects are undone.
 * - After its saga has completed, nothing is undone: a failure or a cancellation then completes it with the problem
 *   `CHANGE_INCOMPLETE`. To Temporal this is no failure, because the same request must not start the change again.
 */
export async function runToEnd(runState: RunState, input: WorkflowExecuteInput, next: Execute): Promise<unknown> {
  const { delivery } = (workflowInfo().memo ?? {}) as ChangeMemo
  try {
    const result = await next(input)
    runState.saga ??= 'completed'
    if (runState.undelivered || runState.generation > 0) await dispatchPublished()
    if (delivery) await settle(delivery, null)
    return result
  } catch (error) {
    if (isContinueAsNew(error)) throw error
    return endWithFailure(runState, await undoUnlessSaga(runState, error), delivery)
  }
}

/** Undoes the effects of a workflow without a saga. @returns the failure, or the failure of an undo. */
async function undoUnlessSaga(runState: RunState, error: unknown): Promise<unknown> {
  const isHarmless = runState.effects === 0 && problemOf(error) && !workflowInfo().continuedFromExecutionRunId
  if (runState.saga || isHarmless) return error
  try {
    await undoEffects(error)
    return error
  } catch (undoFailed) {
    return undoFailed
  }
}

async function endWithFailure(runState: RunState, error: unknown, delivery: DeliveryKey | undefined): Promise<unknown> {
  const isCompleted = runState.saga === 'completed'
  const problem = isCompleted ? await incompleteProblem(error) : problemOf(error)
  if (delivery) await settle(delivery, { ...reasonOf(error), ...(problem && { problem }) })
  if (!problem || isUndoFailed(error) || (isCancellation(error) && !isCompleted)) throw faultOf(error)
  upsertMemo({ problem: problem.code ?? problem.type, ...(!isCompleted && { state: 'reverted' }) })
  if (workflowInfo().parent) throw failureOf(problem)
  return { problem }
}

/** For a failure after the saga: the effects are final, so subscribers are started all the same. */
async function incompleteProblem(error: unknown): Promise<ProblemBody> {
  upsertMemo({ state: 'incomplete' })
  const { type, message } = reasonOf(error)
  log.error('the change is complete, but a step after its saga failed', { error: `${type}: ${message}` })
  await dispatchPublished()
  return {
    type: 'unexpected_state',
    code: 'CHANGE_INCOMPLETE',
    message: `The change stands, but what was to come after it failed: ${message}`,
  }
}

function isUndoFailed(error: unknown): boolean {
  return (error as { type?: string }).type === 'UNDO_FAILED'
}

function settle(delivery: DeliveryKey, failure: StoredFailure | null): Promise<void> {
  return CancellationScope.nonCancellable(() => inUndo(() => frameworkSteps.settleDelivery(delivery, failure)))
}
