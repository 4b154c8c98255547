/** Converts errors to HTTP answers (`docs/http-api.md`, Errors). */
import type { Context, ErrorHandler } from 'hono'
import { HTTPException } from 'hono/http-exception'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import { isTransient } from '../database.ts'
import { valueProblem } from '../model/refusals.ts'
import { Problem, type ProblemType } from '../problem.ts'
import { Fault, refusedBy, replayedRefusals } from '../run.ts'
import type { AppEnv } from './router.ts'

const statusOf: Record<ProblemType, ContentfulStatusCode> = {
  invalid_data: 400,
  not_allowed: 400,
  unauthorized: 401,
  forbidden: 403,
  not_found: 404,
  conflict: 409,
  duplicate_error: 422,
  payment_authorization_error: 422,
  unexpected_state: 500,
  unavailable: 503,
}

/** Codes whose status differs from that of their type. */
const statusOfCode: Record<string, ContentfulStatusCode> = { IDEMPOTENCY_KEY_REUSED: 422 }

/** The code in the body if the problem has none. */
const codeOf: Partial<Record<ProblemType, string>> = {
  conflict: 'invalid_state_error',
  duplicate_error: 'invalid_request_error',
}

const UNKNOWN = { code: 'unknown_error', type: 'unknown_error', message: 'An unknown error occurred.' }

/** For `app.onError`. */
export const answerError: ErrorHandler<AppEnv> = (error, c) => {
  if (error instanceof Problem) return refuse(c, error)
  if (error instanceof HTTPException) {
    if (error.res) return inContext(c, error.res)
    if (error.status === 413) return tooLarge(c, error)
    return c.json({ type: 'invalid_data', message: error.message }, error.status as ContentfulStatusCode)
  }
  const refusal = valueProblem(error)
  if (refusal) return refuse(c, refusal)
  if (isTransient(error)) return refuse(c, databaseUnavailable())
  if (error instanceof Fault) c.header('X-Workflow-Id', error.workflowId)
  c.var.log.error({ err: error }, 'a request failed')
  return c.json(UNKNOWN, 500)
}

/** Closes the connection, because the rest of the body is not read. */
function tooLarge(c: Context, { message }: HTTPException) {
  return c.json({ type: 'unknown_error', message }, 413, { Connection: 'close' })
}

/** Keeps the headers that are already set. */
function inContext(c: Context, { body, status, headers }: Response) {
  return c.newResponse(body, status as ContentfulStatusCode, Object.fromEntries(headers))
}

function databaseUnavailable(): Problem {
  return new Problem('unavailable', 'The database cannot be reached at the moment. Try again.', 'DATABASE_AWAY')
}

function refuse(c: Context, problem: Problem) {
  const workflowId = refusedBy.get(problem)
  if (workflowId) c.header('X-Workflow-Id', workflowId)
  if (replayedRefusals.has(problem)) c.header('Idempotent-Replayed', 'true')
  if (problem.type === 'unavailable') c.header('Retry-After', '1')
  const code = problem.code ?? codeOf[problem.type]
  const body = { ...(code && { code }), type: problem.type, message: problem.message }
  return c.json(body, statusOfCode[problem.code ?? ''] ?? statusOf[problem.type])
}
