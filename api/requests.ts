/** Around every request: its id and its log line. */
import type { MiddlewareHandler } from 'hono'
import type { AppEnv } from '../framework/http/router.ts'
import { newUlid } from '../framework/new-ulid.ts'
import type { ApiOptions } from './index.ts'

const GIVEN_ID = /^[\w.-]{8,128}$/

/** Takes the caller's `X-Request-Id` or makes one, and says at the end what was answered. */
export function requests({ log, query, executions, schedules, audit, secrets }: ApiOptions): MiddlewareHandler<AppEnv> {
  return async (c, next) => {
    const given = c.req.header('x-request-id') ?? ''
    const requestId = GIVEN_ID.test(given) ? given : newUlid()
    const started = performance.now()
    c.set('requestId', requestId)
    c.set('log', log.child({ requestId }))
    c.set('query', query)
    c.set('executions', executions)
    c.set('audit', audit)
    c.set('schedules', schedules)
    c.set('secrets', secrets)
    c.header('X-Request-Id', requestId)
    await next()
    const workflowId = c.res.headers.get('X-Workflow-Id') ?? undefined
    const ms = Math.round((performance.now() - started) * 10) / 10
    c.var.log.info({ method: c.req.method, path: c.req.path, status: c.res.status, ms, workflowId }, 'request')
  }
}
