/** Tells refusals from faults among the errors that a workflow catches. */
import { ApplicationFailure, isCancellation, TemporalFailure, TimeoutFailure } from '@temporalio/workflow'
import { faultMessageOf, isRefusal, messageOf, Problem, type ProblemBody } from '../problem.ts'
import { OUTCOME_UNKNOWN } from './step.ts'

/** The problem in an error or its causes; undefined if the error is a fault. */
export function problemOf(error: unknown): ProblemBody | undefined {
  for (let at = error; at instanceof Error; at = at.cause) {
    if (at instanceof Problem) return at.toJSON()
    const detail = at instanceof ApplicationFailure ? at.details?.[0] : undefined
    if (isRefusal(detail)) return detail.problem
  }
  return undefined
}

/** Whether a `once` step was interrupted, so that it may or may not have happened. */
export function isOutcomeUnknown(error: unknown): boolean {
  for (let at = error; at instanceof Error; at = at.cause) {
    if (at instanceof TimeoutFailure) return true
    if (at instanceof ApplicationFailure && at.type === OUTCOME_UNKNOWN) return true
  }
  return false
}

/** Converts a problem to a Temporal failure that is not retried and has the problem's code as its type. */
export function failureOf(problem: ProblemBody): ApplicationFailure {
  return ApplicationFailure.create({
    type: problem.code ?? problem.type,
    message: problem.message,
    nonRetryable: true,
    details: [{ problem }],
  })
}

/**
 * Converts a bug in workflow code to a failure of the workflow. Otherwise Temporal would fail the workflow *task* and retry it for
 * ever. Temporal's own failures are returned unchanged.
 */
export function faultOf(error: unknown): unknown {
  if (error instanceof TemporalFailure || isCancellation(error) || isTemporalsOwn(error)) return error
  return ApplicationFailure.create({
    type: 'BUG',
    message: faultMessageOf(error),
    nonRetryable: true,
    ...(error instanceof Error && { cause: error }),
  })
}

function isTemporalsOwn(error: unknown): boolean {
  return isContinueAsNew(error) || (error instanceof Error && error.name === 'DeterminismViolationError')
}

/** Whether the error is Temporal's signal to continue as new. */
export function isContinueAsNew(error: unknown): boolean {
  return error instanceof Error && error.name === 'ContinueAsNew'
}

/** Type and message of the innermost cause of a failure. */
export function reasonOf(error: unknown): { type: string; message: string } {
  let at = error
  while (at instanceof Error && at.cause instanceof Error) at = at.cause
  if (at instanceof Problem) return { type: at.code ?? at.type, message: at.message }
  if (at instanceof ApplicationFailure) return { type: at.type ?? 'ApplicationFailure', message: messageOf(at) }
  return { type: at instanceof Error ? at.name : 'Error', message: messageOf(at) }
}
