/** Converts Postgres errors of reads to problems. */
import { READ_TIMEOUT_MS } from '../framework/database.ts'
import { valueProblem } from '../framework/model/refusals.ts'
import { Problem } from '../framework/problem.ts'

/** A problem if the read was invalid or took too long; otherwise the error itself. */
export function problemOrError(error: unknown): unknown {
  const { code, message } = error as { code?: string; message?: string }
  const refusal = valueProblem(error)
  if (refusal) return refusal
  if (code === '2201B' || code === '22025') return new Problem('invalid_data', `The pattern is not valid: ${message}`)
  if (code === '57014' && message?.includes('statement timeout')) {
    return new Problem(
      'unavailable',
      `The answer took longer than ${READ_TIMEOUT_MS / 1000} s. Ask for fewer rows, fields or conditions.`,
      'QUERY_TIMEOUT',
    )
  }
  return error
}
