/** The id and log line of each request. */
import type { MiddlewareHandler } from 'hono'
import type { AppEnv } from '../framework/http/router.ts'
import { newUlid } from '../framework/new-ulid.ts'
import type { ApiOptions } from './index.ts'

const VALID_ID = /^[\w.-]{8,128}$/

/** Uses the caller's `X-Request-Id` or creates one, and logs the response. */
export function requests({ log, query, executions, schedules, audit, secrets }: ApiOptions): MiddlewareHandler<AppEnv> {
  return async (c, next) => {
    const callerId = c.req.header('x-request-id') ?? ''
    const requestId = VALID_ID.test(callerId) ? callerId : newUlid()
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
