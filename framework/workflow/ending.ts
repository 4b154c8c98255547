/** How a workflow ends: with its answer, refused, failed, or cancelled; and what is done about it before. */
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
import type { ChangeMemo, DeliveryKey } from './step.ts'
import { own, type TakenBack } from './steps.ts'
import { takeBackRun } from './take-back.ts'

type Execute = Next<WorkflowInboundCallsInterceptor, 'execute'>

/**
 * Runs a workflow to its end.
 *
 * - Where it succeeds, its events go out.
 * - A refusal ends it completed, with the problem as its answer; a fault ends it failed. Either way all that it did is taken back.
 * - Once its saga has succeeded, nothing is taken back any more: what fails then, or is cancelled, ends it completed, with the
 *   problem `CHANGE_INCOMPLETE`. It is no failure to Temporal, as the same request must not begin it anew.
 */
export async function runToItsEnd(runState: RunState, input: WorkflowExecuteInput, next: Execute): Promise<unknown> {
  const { delivery } = (workflowInfo().memo ?? {}) as ChangeMemo
  try {
    const result = await next(input)
    runState.saga ??= 'stands'
    if (runState.undelivered || runState.generation > 0) await dispatchPublished()
    if (delivery) await settle(delivery, null)
    return result
  } catch (error) {
    if (isContinueAsNew(error)) throw error
    return endBadly(runState, await takenBack(runState, error), delivery)
  }
}

/** Takes back what the workflow did, where no saga has seen to it. @returns the failure, or that an undo has failed. */
async function takenBack(runState: RunState, error: unknown): Promise<unknown> {
  const isHarmless = runState.effects === 0 && problemOf(error) && !workflowInfo().continuedFromExecutionRunId
  if (runState.saga || isHarmless) return error
  try {
    await takeBackRun(error)
    return error
  } catch (undoFailed) {
    return undoFailed
  }
}

async function endBadly(runState: RunState, error: unknown, delivery: DeliveryKey | undefined): Promise<unknown> {
  const stands = runState.saga === 'stands'
  const problem = stands ? await incomplete(error) : problemOf(error)
  if (delivery) await settle(delivery, { ...reasonOf(error), ...(problem && { problem }) })
  if (!problem || isUndoFailed(error) || (isCancellation(error) && !stands)) throw faultOf(error)
  upsertMemo({ problem: problem.code ?? problem.type, ...(!stands && { state: 'reverted' }) })
  if (workflowInfo().parent) throw failureOf(problem)
  return { problem }
}

/** What stands is heard of all the same. */
async function incomplete(error: unknown): Promise<ProblemBody> {
  upsertMemo({ state: 'incomplete' })
  const { type, message } = reasonOf(error)
  log.error('the change stands, but what was to come after its saga failed', { error: `${type}: ${message}` })
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

function settle(delivery: DeliveryKey, failure: TakenBack | null): Promise<void> {
  return CancellationScope.nonCancellable(() => inUndo(() => own.settleDelivery(delivery, failure)))
}
