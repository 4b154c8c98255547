import { dateRange, flag, oneOrMany } from '../../framework/http/filters.ts'
import { pageSchema, paging, parametersOf, selectingQuery, valid } from '../../framework/http/list-query.ts'
import { createRouter, idempotencyHeader, json, route, z } from '../../framework/http/router.ts'
import { EXECUTION_STATES, type ExecutionDetail, type ExecutionFilter } from '../../framework/temporal/executions.ts'
import type { Step } from '../../framework/temporal/steps.ts'
import { undoChange } from '../../framework/workflow/framework-workflows.ts'

/** Temporal lists newest first and in no other order; all fields are always returned. */
const ListQuery = z.strictObject({
  ...selectingQuery,
  ...paging(100),
  order: z.enum(['-created_at']).optional(),
  with_deleted: flag(),
  workflow_id: oneOrMany(z.string()),
  transaction_id: oneOrMany(z.string()),
  state: oneOrMany(z.enum(EXECUTION_STATES)),
  q: z.string().optional(),
  created_at: dateRange(),
})

const Execution = z
  .looseObject({
    id: z.string().openapi({ example: 'wf_exec_019ab1c2-…' }),
    workflow_id: z.string().openapi({ example: 'sync-brands-to-cms' }),
    transaction_id: z.string(),
    run_id: z.string(),
    state: z.enum(EXECUTION_STATES),
    created_at: z.string(),
    updated_at: z.string(),
    deleted_at: z.null(),
  })
  .openapi('WorkflowExecution')

const tags = ['workflows-executions']
const one = json(z.object({ workflow_execution: Execution }), 'The execution with its steps')
const missing = { 404: { description: 'The workflow execution was not found' } }
const ByName = z.object({ workflow_id: z.string(), transaction_id: z.string() })

const list = route({
  method: 'get',
  path: '/admin/workflows-executions',
  tags,
  summary: 'List workflow executions, newest first',
  description: '`q` is a prefix of the workflow id.',
  parameters: parametersOf(ListQuery),
  responses: {
    200: json(pageSchema('workflow_executions', Execution), 'A page of executions'),
  },
})
const retrieve = route({
  method: 'get',
  path: '/admin/workflows-executions/{id}',
  tags,
  summary: 'Retrieve a workflow execution',
  description: 'With the input, output, attempts and undo of each step.',
  request: { params: z.object({ id: z.string() }) },
  responses: { 200: one, ...missing },
})
const retrieveByName = route({
  method: 'get',
  path: '/admin/workflows-executions/{workflow_id}/{transaction_id}',
  tags,
  summary: 'Retrieve a workflow execution by its workflow id',
  description: 'The path ends with the value of the X-Workflow-Id header.',
  request: { params: ByName },
  responses: { 200: one, ...missing },
})
const cancel = route({
  method: 'post',
  path: '/admin/workflows-executions/{workflow_id}/{transaction_id}/cancel',
  tags,
  summary: 'Cancel a workflow execution',
  description: 'The workflow stops and undoes its steps.',
  request: { params: ByName },
  responses: { 200: json(z.object({ success: z.boolean() }), 'The cancellation was requested'), ...missing },
})

const undo = route({
  method: 'post',
  path: '/admin/workflows-executions/{workflow_id}/{transaction_id}/undo',
  tags,
  summary: 'Undo a finished change',
  description: 'Possible if the change wrote only rows of this database, and no later change depends on them.',
  request: { params: ByName, headers: idempotencyHeader },
  responses: { 200: json(z.object({ rows: z.number() }), 'The number of rows that were undone'), ...missing },
})

export const executions = createRouter()

executions.openapi(list, async (c) => {
  const { limit, offset, fields: _, order: __, with_deleted: ___, ...rest } = valid(c, ListQuery)
  const { rows, count } = await c.var.executions.list({ ...filterOf(rest), limit, offset })
  const workflow_executions = rows.map((row) => ({ ...row, execution: null }))
  return c.json({ workflow_executions, count, limit, offset }, 200)
})
executions.openapi(retrieve, async (c) => {
  return c.json({ workflow_execution: wireOf(await c.var.executions.show(c.req.valid('param').id)) }, 200)
})
executions.openapi(retrieveByName, async (c) => {
  const { workflow_id, transaction_id } = c.req.valid('param')
  return c.json({ workflow_execution: wireOf(await c.var.executions.show(`${workflow_id}/${transaction_id}`)) }, 200)
})
executions.openapi(cancel, async (c) => {
  const { workflow_id, transaction_id } = c.req.valid('param')
  await c.var.executions.cancel(`${workflow_id}/${transaction_id}`)
  return c.json({ success: true }, 200)
})
executions.openapi(undo, async (c) => {
  const { workflow_id, transaction_id } = c.req.valid('param')
  const run = await c.var.executions.runOf(`${workflow_id}/${transaction_id}`)
  return c.json(await c.var.run(undoChange, run), 200)
})

type Filter = Pick<z.infer<typeof ListQuery>, 'workflow_id' | 'transaction_id' | 'state' | 'q' | 'created_at'>

function filterOf({
  created_at: { $gte: created_after, $lte: created_before } = {},
  ...rest
}: Filter): Omit<ExecutionFilter, 'limit' | 'offset'> {
  return { ...rest, ...(created_after && { created_after }), ...(created_before && { created_before }) }
}

/** The shape that dashboards expect: `execution.steps` by path, `context.data` by step. */
function wireOf({ steps, input, output, error, ...execution }: ExecutionDetail) {
  const acts = steps.filter(({ undoes }) => !undoes)
  const byUndone = new Map(steps.filter(({ undoes }) => undoes).map((undo) => [undo.undoes!, undo]))
  return {
    ...execution,
    execution: {
      modelId: execution.workflow_id,
      transactionId: execution.transaction_id,
      runId: execution.run_id,
      state: execution.state,
      hasFailedSteps: acts.some(({ state }) => state === 'failed'),
      steps: Object.fromEntries(acts.map((step) => [`_root.${step.id}`, wireStep(step, byUndone.get(step.id))])),
    },
    context: {
      data: {
        input: input ?? null,
        output: output ?? null,
        invoke: Object.fromEntries(acts.map((step) => [step.id, { output: step.output }])),
        compensate: Object.fromEntries([...byUndone].map(([id, undo]) => [id, { output: undo.output }])),
      },
      errors: error ? [error] : [],
    },
  }
}

/** The states and statuses of steps in the API. */
const INVOKE: Record<Step['state'], { state: string; status: string }> = {
  running: { state: 'invoking', status: 'waiting_response' },
  done: { state: 'done', status: 'ok' },
  reverted: { state: 'done', status: 'ok' },
  failed: { state: 'failed', status: 'permanent_failure' },
}
const COMPENSATE: Record<Step['state'], { state: string; status: string }> = {
  running: { state: 'compensating', status: 'waiting_response' },
  done: { state: 'reverted', status: 'ok' },
  reverted: { state: 'reverted', status: 'ok' },
  failed: { state: 'failed', status: 'permanent_failure' },
}

const NOT_COMPENSATED = { state: 'dormant', status: 'idle' }

function wireStep(step: Step, undo: Step | undefined) {
  return {
    id: `_root.${step.id}`,
    depth: 1,
    definition: { action: step.id, noCompensation: undo === undefined },
    method: step.method,
    kind: step.kind,
    invoke: INVOKE[step.state],
    compensate: undo ? COMPENSATE[undo.state] : step.state === 'reverted' ? COMPENSATE.done : NOT_COMPENSATED,
    input: step.input ?? null,
    output: step.output ?? null,
    error: step.error ?? null,
    attempts: step.attempts,
    attempt_log: step.attempt_log,
    startedAt: step.started_at,
    finishedAt: step.finished_at,
    undo: undo ?? null,
    next: [],
  }
}
