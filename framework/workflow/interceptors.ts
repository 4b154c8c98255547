/** What happens around every workflow: its trunk, its steps' headers, and how it ends. */
import { defineSearchAttributeKey, SearchAttributeType } from '@temporalio/common'
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
import { currentTrunk, inTrunk, inUndo, nextKey, type Trunk } from './branch.ts'
import { failureOf, faultOf, isContinueAsNew, problemOf, reasonOf } from './failure.ts'
import { dispatchPublished, publishLeft } from './publish.ts'
import { ACTOR_HEADER, CANCELLED, type ChangeMemo, type DeliveryKey, STEP_HEADER, type StepHeader } from './step.ts'
import { own, type TakenBack } from './steps.ts'
import { takeBackRun } from './take-back.ts'

const SCHEDULED_BY = defineSearchAttributeKey('TemporalScheduledById', SearchAttributeType.KEYWORD)

/** Registered with the bundle under this name. */
export const interceptors: WorkflowInterceptorsFactory = () => ({
  inbound: [{ execute: (input, next) => inTrunk(actorOf(input.headers), (trunk) => answer(trunk, input, next)) }],
  outbound: [
    {
      getLogAttributes: (input, next) => ({
        ...next(input),
        requestId: (workflowInfo().memo as ChangeMemo)?.requestId,
      }),
      scheduleActivity: (input, next) => next(withStep(input)),
      scheduleLocalActivity: (input, next) => unlessCancelled(withStep(input), next),
      startChildWorkflowExecution: (input, next) => next(withActor(input)),
      continueAsNew: (input, next) => next(withActor(input)),
    },
  ],
})

/**
 * A refusal ends the workflow completed, with the problem as its answer; a fault ends it failed. Either way all that it did is
 * taken back, unless its saga had succeeded. Where it succeeds, its events go out.
 */
async function answer(
  trunk: Trunk,
  input: WorkflowExecuteInput,
  next: Next<WorkflowInboundCallsInterceptor, 'execute'>,
): Promise<unknown> {
  const { delivery } = (workflowInfo().memo ?? {}) as ChangeMemo
  try {
    const result = await takingBack(trunk, async () => {
      const made = await next(input)
      await publishLeft()
      return made
    })
    await dispatchPublished()
    if (delivery) await settle(delivery, null)
    return result
  } catch (error) {
    if (isContinueAsNew(error)) throw error
    const problem = problemOf(error)
    if (delivery) await settle(delivery, { ...reasonOf(error), ...(problem && { problem }) })
    if (!problem || isFault(error)) throw faultOf(error)
    upsertMemo({ state: 'reverted', problem: problem.code ?? problem.type })
    if (workflowInfo().parent) throw failureOf(problem)
    return { problem }
  }
}

/** Takes back what the workflow did when it fails outside of a saga. */
async function takingBack<T>(trunk: Trunk, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    const isHarmless = trunk.effects === 0 && problemOf(error) && !workflowInfo().continuedFromExecutionRunId
    if (!trunk.saga && !isContinueAsNew(error) && !isHarmless) await takeBackRun(error)
    throw error
  }
}

function settle(delivery: DeliveryKey, failure: TakenBack | null): Promise<void> {
  return CancellationScope.nonCancellable(() => inUndo(() => own.settleDelivery(delivery, failure)))
}

function actorOf(headers: Headers): string {
  const payload = headers[ACTOR_HEADER]
  if (payload) return defaultPayloadConverter.fromPayload<string>(payload)
  const schedule = workflowInfo().typedSearchAttributes.get(SCHEDULED_BY)
  return schedule ? `schedule ${schedule}` : 'temporal'
}

function withActor<I extends { headers: Headers }>(input: I): I {
  return {
    ...input,
    headers: { ...input.headers, [ACTOR_HEADER]: defaultPayloadConverter.toPayload(currentTrunk().actor) },
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
    return await CancellationScope.nonCancellable(() => inTurn(next(input)))
  } catch (error) {
    const cause = error instanceof ActivityFailure ? error.cause : error
    if (cause instanceof ApplicationFailure && cause.type === CANCELLED) throw new CancelledFailure(cause.message)
    throw error
  }
}

/** More than any workflow needs to get from the end of one step to the beginning of the next. */
const TURNS = 200

/**
 * Local steps that run at once go on in the order they were begun, each when the one before has come to rest. Temporal reports
 * them in the order they end, and on a second pass all at once in the order they were begun: without this, parallel branches
 * would then go another way, and the change would hang (temporalio/sdk-python#1578).
 */
async function inTurn<T>(step: Promise<T>): Promise<T> {
  const trunk = currentTrunk()
  const ended = Promise.allSettled([trunk.turn, step])
  trunk.turn = ended.then(async () => {
    for (let turn = 0; turn < TURNS; turn++) await undefined
  })
  await ended
  return step
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
    actor: currentTrunk().actor,
    ...(requestId && { requestId }),
  }
}
