/** Tells a refusal from a fault in whatever a workflow catches. */
import { ApplicationFailure, isCancellation, TemporalFailure, TimeoutFailure } from '@temporalio/workflow'
import { faultTextOf, isRefusal, messageOf, Problem, type ProblemBody } from '../problem.ts'
import { OUTCOME_UNKNOWN } from './step.ts'

/** The problem in a failure, however deep; undefined where it is a fault. */
export function problemOf(error: unknown): ProblemBody | undefined {
  for (let at = error; at instanceof Error; at = at.cause) {
    if (at instanceof Problem) return at.toJSON()
    const detail = at instanceof ApplicationFailure ? at.details?.[0] : undefined
    if (isRefusal(detail)) return detail.problem
  }
  return undefined
}

/** Whether a `once` step was broken off, so that it may have happened or not. */
export function isOutcomeUnknown(error: unknown): boolean {
  for (let at = error; at instanceof Error; at = at.cause) {
    if (at instanceof TimeoutFailure) return true
    if (at instanceof ApplicationFailure && at.type === OUTCOME_UNKNOWN) return true
  }
  return false
}

/** A problem as a Temporal failure that is not retried and keeps its name. */
export function failureOf(problem: ProblemBody): ApplicationFailure {
  return ApplicationFailure.create({
    type: problem.code ?? problem.type,
    message: problem.message,
    nonRetryable: true,
    details: [{ problem }],
  })
}

/**
 * A bug in workflow code, as a failure of the workflow. Temporal would else fail the workflow *task* and repeat it for ever.
 * Temporal's own failures pass as they are.
 */
export function faultOf(error: unknown): unknown {
  if (error instanceof TemporalFailure || isCancellation(error) || isTemporalsOwn(error)) return error
  return ApplicationFailure.create({
    type: 'BUG',
    message: faultTextOf(error),
    nonRetryable: true,
    ...(error instanceof Error && { cause: error }),
  })
}

function isTemporalsOwn(error: unknown): boolean {
  return isContinueAsNew(error) || (error instanceof Error && error.name === 'DeterminismViolationError')
}

/** Whether it is no failure at all, but the workflow going on in a fresh history. */
export function isContinueAsNew(error: unknown): boolean {
  return error instanceof Error && error.name === 'ContinueAsNew'
}

/** The innermost message of a failure: what really went wrong. */
export function reasonOf(error: unknown): { type: string; message: string } {
  let at = error
  while (at instanceof Error && at.cause instanceof Error) at = at.cause
  if (at instanceof Problem) return { type: at.code ?? at.type, message: at.message }
  if (at instanceof ApplicationFailure) return { type: at.type ?? 'ApplicationFailure', message: messageOf(at) }
  return { type: at instanceof Error ? at.name : 'Error', message: messageOf(at) }
}
