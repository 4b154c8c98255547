/** Gives handlers `run`, and sets `X-Workflow-Id` on the response. */
import type { Context, MiddlewareHandler } from 'hono'
import { HTTPException } from 'hono/http-exception'
import type { AppEnv } from '../framework/http/router.ts'
import { Problem } from '../framework/problem.ts'
import type { RequestIdentity } from '../framework/run.ts'
import type { ChangeWorkflow } from '../framework/workflow/change.ts'
import type { ApiOptions } from './index.ts'

/** The actor of requests without a login, such as a registration. */
const ANONYMOUS = 'anonymous'

export function changes({ runner }: Pick<ApiOptions, 'runner'>): MiddlewareHandler<AppEnv> {
  return async (c, next) => {
    const run = async <W extends ChangeWorkflow>(
      workflow: W,
      input: Parameters<W>[0],
    ): Promise<Awaited<ReturnType<W>>> => {
      const outcome = await runner.run(workflow, input, { request: await identityOf(c) })
      c.header('X-Workflow-Id', outcome.workflowId)
      if (outcome.state === 'running') throw stillRunning(outcome.workflowId)
      if (outcome.replayed) c.header('Idempotent-Replayed', 'true')
      return outcome.answer
    }
    c.set('run', run)
    await next()
  }
}

async function identityOf(c: Context<AppEnv>): Promise<RequestIdentity> {
  const { method, path } = c.req
  const key = c.req.header('idempotency-key')
  if (key !== undefined && (key.length < 16 || key.length > 255)) {
    throw new Problem('invalid_data', 'An Idempotency-Key has 16 to 255 characters.', 'IDEMPOTENCY_KEY_INVALID')
  }
  const body = method === 'GET' ? '' : await c.req.text()
  const content = JSON.stringify([method, path, new URL(c.req.url).search, body])
  const actor = c.get('actor')?.id ?? ANONYMOUS
  return { requestId: c.var.requestId, actor, method, path, content, ...(key && { key }) }
}

/** 202 with the location of the execution: the change continues. */
function stillRunning(workflowId: string): HTTPException {
  const location = `/admin/workflows-executions/${workflowId}`
  const body = { workflow_id: workflowId, state: 'invoking', location }
  const headers = { 'X-Workflow-Id': workflowId, Location: location }
  return new HTTPException(202, { res: Response.json(body, { status: 202, headers }) })
}
