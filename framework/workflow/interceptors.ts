/** The interceptors of every workflow: its run state, and the headers and order of its steps. */
import { defineSearchAttributeKey, SearchAttributeType } from '@temporalio/common'
import {
  ActivityFailure,
  ApplicationFailure,
  CancellationScope,
  CancelledFailure,
  defaultPayloadConverter,
  type Headers,
  type WorkflowInterceptorsFactory,
  workflowInfo,
} from '@temporalio/workflow'
import { currentRunState, nextKey, withRunState } from './branch.ts'
import { runToEnd } from './ending.ts'
import { ACTOR_HEADER, CANCELLED, type ChangeMemo, STEP_HEADER, type StepHeader } from './step.ts'

const SCHEDULED_BY = defineSearchAttributeKey('TemporalScheduledById', SearchAttributeType.KEYWORD)

/** Registered with the bundle under this name. */
export const interceptors: WorkflowInterceptorsFactory = () => ({
  inbound: [
    {
      execute: (input, next) => withRunState(actorOf(input.headers), (runState) => runToEnd(runState, input, next)),
    },
  ],
  outbound: [
    {
      getLogAttributes: (input, next) => ({
        ...next(input),
        requestId: (workflowInfo().memo as ChangeMemo)?.requestId,
      }),
      scheduleActivity: (input, next) => shieldedIfCompleted(() => next(withStep(input))),
      scheduleLocalActivity: (input, next) => inTurn(withStep(input), next),
      startChildWorkflowExecution: (input, next) => next(withActor(input)),
      continueAsNew: (input, next) => next(withActor(input)),
    },
  ],
})

function actorOf(headers: Headers): string {
  const payload = headers[ACTOR_HEADER]
  if (payload) return defaultPayloadConverter.fromPayload<string>(payload)
  const schedule = workflowInfo().typedSearchAttributes.get(SCHEDULED_BY)
  return schedule ? `schedule ${schedule}` : 'temporal'
}

function withActor<I extends { headers: Headers }>(input: I): I {
  return {
    ...input,
    headers: { ...input.headers, [ACTOR_HEADER]: defaultPayloadConverter.toPayload(currentRunState().actor) },
  }
}

/**
 * Arguments → step header. The SDK schedules a local activity again if its next attempt is far off, and that has to be the same step.
 */
const headersByArgs = new WeakMap<unknown[], StepHeader>()

type Scheduling = { activityType: string; args: unknown[]; headers: Headers; options: { summary?: string } }

function withStep<I extends Scheduling>(input: I): I {
  const step = headersByArgs.get(input.args) ?? stepHeader(input.activityType)
  headersByArgs.set(input.args, step)
  const headers = { ...input.headers, [STEP_HEADER]: defaultPayloadConverter.toPayload(step) }
  return { ...input, headers, options: { summary: step.key, ...input.options } }
}

/** Shields a step from cancellation after the saga has completed, because everything after it must succeed. */
function shieldedIfCompleted<T>(step: () => Promise<T>): Promise<T> {
  return currentRunState().saga === 'completed' ? CancellationScope.nonCancellable(step) : step()
}

/**
 * Runs local steps one after another, in the order they began. Temporal reports the results of parallel local activities as they end,
 * but all at once on replay, so that parallel branches would then take another path (temporalio/sdk-python#1578).
 *
 * A local step is never cancelled while it runs, and runs even if the change is cancelled: if an earlier pass has done it, it returns its
 * stored result, so that its undo is registered; otherwise it is refused (`receipts.ts`).
 */
async function inTurn<I>(input: I, next: (input: I) => Promise<unknown>): Promise<unknown> {
  const runState = currentRunState()
  const run = () => CancellationScope.nonCancellable(() => next(input))
  const turn = runState.lastLocalStep === undefined ? run() : runState.lastLocalStep.then(run, run)
  runState.lastLocalStep = turn
  try {
    return await turn
  } catch (error) {
    const cause = error instanceof ActivityFailure ? error.cause : error
    if (cause instanceof ApplicationFailure && cause.type === CANCELLED) throw new CancelledFailure(cause.message)
    throw error
  } finally {
    if (runState.lastLocalStep === turn) runState.lastLocalStep = undefined
  }
}

function stepHeader(name: string): StepHeader {
  const { workflowId, firstExecutionRunId, memo } = workflowInfo()
  const { requestId } = (memo ?? {}) as ChangeMemo
  const { generation, saga, actor } = currentRunState()
  const cancelled = CancellationScope.current().consideredCancelled && saga !== 'completed'
  return {
    workflowId,
    runId: firstExecutionRunId,
    generation,
    ...nextKey(name),
    cancelled,
    actor,
    ...(requestId && { requestId }),
  }
}
