/** Reads Temporal's history of one workflow. */
import { defaultPayloadConverter } from '@temporalio/common'
import type { temporal } from '@temporalio/proto'

export type HistoryEvent = temporal.api.history.v1.IHistoryEvent
type Payload = temporal.api.common.v1.IPayload
type Failure = temporal.api.failure.v1.IFailure
type Timestamp = HistoryEvent['eventTime']

/** A step in the history. For a local activity the history has no input, but the receipt has. */
export interface HistoricStep {
  key: string
  method: string
  state: 'running' | 'done' | 'failed'
  input?: unknown
  output?: unknown
  error?: { type: string; message: string }
  attempts: number
  startedAt?: string
  finishedAt?: string
}

/** The steps of a history, in its order. */
export function historicSteps(events: HistoryEvent[]): HistoricStep[] {
  const steps: HistoricStep[] = []
  const byEventId = new Map<string, HistoricStep>()
  for (const event of events) {
    const { activityTaskScheduledEventAttributes: scheduled, markerRecordedEventAttributes: marker } = event
    if (scheduled) {
      const method = scheduled.activityType?.name ?? ''
      const startedAt = isoOf(event.eventTime)
      const input = (scheduled.input?.payloads ?? []).map(decoded)
      const step: HistoricStep = { key: summaryOf(event) ?? method, method, state: 'running', input, attempts: 1 }
      steps.push({ ...step, ...(startedAt && { startedAt }) })
      byEventId.set(String(event.eventId), steps.at(-1)!)
    } else if (marker?.markerName === 'core_local_activity') {
      steps.push(localStep(event, marker))
    } else {
      finish(byEventId, event)
    }
  }
  return steps
}

function finish(steps: Map<string, HistoricStep>, event: HistoryEvent): void {
  const started = event.activityTaskStartedEventAttributes
  const completed = event.activityTaskCompletedEventAttributes
  const failed = event.activityTaskFailedEventAttributes ?? event.activityTaskTimedOutEventAttributes
  const canceled = event.activityTaskCanceledEventAttributes
  const step = steps.get(String((started ?? completed ?? failed ?? canceled)?.scheduledEventId))
  if (!step) return
  if (started) {
    step.attempts = started.attempt ?? 1
    return
  }
  const finishedAt = isoOf(event.eventTime)
  if (finishedAt) step.finishedAt = finishedAt
  step.state = completed ? 'done' : 'failed'
  if (completed) step.output = decoded(completed.result?.payloads?.[0])
  else step.error = failed ? errorOf(failed.failure) : { type: 'CancelledFailure', message: 'cancelled' }
}

function localStep(event: HistoryEvent, marker: temporal.api.history.v1.IMarkerRecordedEventAttributes): HistoricStep {
  const data = (decoded(marker.details?.data?.payloads?.[0]) ?? {}) as { activity_type?: string; attempt?: number }
  const method = data.activity_type ?? 'local activity'
  const finishedAt = isoOf(event.eventTime)
  return {
    key: summaryOf(event) ?? method,
    method,
    state: marker.failure ? 'failed' : 'done',
    attempts: data.attempt ?? 1,
    ...(marker.failure
      ? { error: errorOf(marker.failure) }
      : { output: decoded(marker.details?.result?.payloads?.[0]) }),
    ...(finishedAt && { finishedAt }),
  }
}

/** The input of the workflow. */
export function inputOf(events: HistoryEvent[]): unknown {
  return decoded(events[0]?.workflowExecutionStartedEventAttributes?.input?.payloads?.[0])
}

/** The output of the workflow, or its refusal or failure. */
export function outcomeOf(events: HistoryEvent[]): { output: unknown; error?: { type: string; message: string } } {
  const last = events.at(-1)
  const output = decoded(last?.workflowExecutionCompletedEventAttributes?.result?.payloads?.[0])
  const problem = (output as { problem?: { type: string; message: string; code?: string } } | undefined)?.problem
  if (problem) return { output, error: { type: problem.code ?? problem.type, message: problem.message } }
  const failure = last?.workflowExecutionFailedEventAttributes?.failure
  return { output: output ?? null, ...(failure && { error: errorOf(failure) }) }
}

/** Type and message of the innermost cause of a failure. */
export function errorOf(failure: Failure | null | undefined): { type: string; message: string } {
  let at = failure
  while (at?.cause) at = at.cause
  return { type: at?.applicationFailureInfo?.type ?? 'Failure', message: at?.message ?? '' }
}

function summaryOf(event: HistoryEvent): string | undefined {
  return decoded(event.userMetadata?.summary) as string | undefined
}

function decoded(payload: Payload | null | undefined): unknown {
  if (!payload) return undefined
  try {
    return defaultPayloadConverter.fromPayload(payload)
  } catch {
    return '(not readable here)'
  }
}

export function isoOf(time: Timestamp): string | undefined {
  if (!time) return undefined
  return new Date(Number(time.seconds) * 1000 + (time.nanos ?? 0) / 1e6).toISOString()
}
