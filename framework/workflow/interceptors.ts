/** What happens around every workflow: its runState, and the headers and turns of its steps. */
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
import { runToItsEnd } from './ending.ts'
import { ACTOR_HEADER, CANCELLED, type ChangeMemo, STEP_HEADER, type StepHeader } from './step.ts'

const SCHEDULED_BY = defineSearchAttributeKey('TemporalScheduledById', SearchAttributeType.KEYWORD)

/** Registered with the bundle under this name. */
export const interceptors: WorkflowInterceptorsFactory = () => ({
  inbound: [
    {
      execute: (input, next) => withRunState(actorOf(input.headers), (runState) => runToItsEnd(runState, input, next)),
    },
  ],
  outbound: [
    {
      getLogAttributes: (input, next) => ({
        ...next(input),
        requestId: (workflowInfo().memo as ChangeMemo)?.requestId,
      }),
      scheduleActivity: (input, next) => unlessItStands(() => next(withStep(input))),
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

/** What comes after the point of no return must succeed: cancelling does not reach it. */
function unlessItStands<T>(step: () => Promise<T>): Promise<T> {
  return currentRunState().saga === 'stands' ? CancellationScope.nonCancellable(step) : step()
}

/**
 * Local steps run one after another, in the order they were begun: Temporal reports parallel ones as they end, but all at once when
 * it replays, so that parallel branches would then go another way (temporalio/sdk-python#1578).
 *
 * A local step is never cancelled while it runs, and is asked for also when the change has been cancelled: one that an earlier
 * pass did answers then, so that its undo gets noted; one that was not done is refused (`receipts.ts`).
 */
async function inTurn<I>(input: I, next: (input: I) => Promise<unknown>): Promise<unknown> {
  const runState = currentRunState()
  const act = () => CancellationScope.nonCancellable(() => next(input))
  const turn = runState.underWay === undefined ? act() : runState.underWay.then(act, act)
  runState.underWay = turn
  try {
    return await turn
  } catch (error) {
    const cause = error instanceof ActivityFailure ? error.cause : error
    if (cause instanceof ApplicationFailure && cause.type === CANCELLED) throw new CancelledFailure(cause.message)
    throw error
  } finally {
    if (runState.underWay === turn) runState.underWay = undefined
  }
}

function stepHeader(name: string): StepHeader {
  const { workflowId, firstExecutionRunId, memo } = workflowInfo()
  const { requestId } = (memo ?? {}) as ChangeMemo
  const { generation, saga, actor } = currentRunState()
  const cancelled = CancellationScope.current().consideredCancelled && saga !== 'stands'
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
