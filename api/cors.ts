/** Which pages of other origins a browser lets ask (`api/http-semantics.md` 2). */
import type { MiddlewareHandler } from 'hono'
import { cors } from 'hono/cors'
import type { Origin } from '../framework/config.ts'

const EXPOSED = ['X-Request-Id', 'X-Workflow-Id', 'Idempotent-Replayed', 'Location', 'Retry-After']

/** Answers preflights, and lets pages of these origins ask with cookies. */
export function pagesOf(origins: readonly Origin[]): MiddlewareHandler {
  const isOurs = (origin: string) =>
    origins.some((one) => (typeof one === 'string' ? one === origin : one.test(origin)))
  return cors({
    origin: (origin) => (isOurs(origin) ? origin : null),
    credentials: true,
    exposeHeaders: EXPOSED,
  })
}
