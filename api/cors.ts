/** Which pages of other origins a browser lets ask (`api/http-semantics.md` 2). */
import type { MiddlewareHandler } from 'hono'
import { cors } from 'hono/cors'
import type { Origin } from '../framework/config.ts'

const EXPOSED = ['X-Request-Id', 'X-Workflow-Id', 'Idempotent-Replayed', 'Location', 'Retry-After']

/**
 * Answers preflights, and lets pages of these origins ask with cookies. Hono's own middleware adds its headers to the finished
 * answer, which is then read and made once more: a fifth of what a long list costs this process. Here they are said before.
 */
export function pagesOf(origins: readonly Origin[]): MiddlewareHandler {
  const isOurs = (origin: string) =>
    origins.some((one) => (typeof one === 'string' ? one === origin : one.test(origin)))
  const preflight = cors({ origin: (origin) => (isOurs(origin) ? origin : null), credentials: true })
  return async (c, next) => {
    if (c.req.method === 'OPTIONS') return preflight(c, next)
    const origin = c.req.header('origin')
    if (origin && isOurs(origin)) c.header('Access-Control-Allow-Origin', origin)
    c.header('Access-Control-Allow-Credentials', 'true')
    c.header('Access-Control-Expose-Headers', EXPOSED.join(','))
    c.header('Vary', 'Origin', { append: true })
    await next()
  }
}
