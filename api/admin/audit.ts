/** The audit trail: changes of rows, changes that could not be undone, and events with their deliveries. */
import { dateRange, oneOrMany } from '../../framework/http/filters.ts'
import { pageSchema, paging, parametersOf, valid } from '../../framework/http/list-query.ts'
import { createRouter, idempotencyHeader, json, route, z } from '../../framework/http/router.ts'
import { replayEvent, settleUndoConflict } from '../../framework/workflow/framework-workflows.ts'

const texts = oneOrMany(z.string())
const fields = z.record(z.string(), z.unknown()).nullable()
const byId = { params: z.object({ id: z.string() }), headers: idempotencyHeader }
const byNumber = { ...byId, params: z.object({ id: z.string().regex(/^\d{1,18}$/, 'It is a number') }) }
const missing = (what: string) => ({ 404: { description: `The ${what} was not found` } })

const Change = z
  .object({
    id: z.string(),
    entity: z.string().openapi({ example: 'brand.brand' }),
    entity_id: z.string(),
    action: z.enum(['created', 'updated', 'deleted']),
    before: fields,
    after: fields,
    actor: z.string().nullable(),
    workflow_id: z.string().nullable(),
    transaction_id: z.string().nullable(),
    run_id: z.string().nullable(),
    step: z.string().nullable(),
    input: z.unknown(),
    undone: z.boolean(),
    created_at: z.string(),
  })
  .openapi('Change')

const ChangesQuery = z.strictObject({
  ...paging(),
  entity: texts.meta({ description: 'The schema and table, such as `brand.brand`, or only the table' }),
  id: texts.meta({ description: 'The id of the row' }),
  actor: texts,
  workflow: texts.meta({ description: 'The name of a workflow, such as `create-brands`, or its id' }),
  created_at: dateRange(),
})

const changes = route({
  method: 'get',
  path: '/admin/changes',
  tags: ['audit'],
  summary: 'List changes of rows, newest first',
  description: 'Each with its actor, workflow and step, and the values before and after.',
  parameters: parametersOf(ChangesQuery),
  responses: { 200: json(pageSchema('changes', Change), 'A page of changes; `count` is at most 10,000') },
})

const UndoConflict = z
  .object({
    id: z.string(),
    entity: z.string(),
    entity_id: z.string(),
    reason: z.string(),
    workflow_id: z.string().openapi({ description: 'The workflow whose change could not be undone' }),
    blocked_by: z.string().nullable().openapi({ description: 'The later workflow that depends on the change' }),
    created_at: z.string(),
    settled_at: z.string().nullable(),
    settled_how: z.string().nullable(),
  })
  .openapi('UndoConflict')

const ConflictsQuery = z.strictObject({ ...paging(), settled: z.enum(['true', 'false']).default('false') })

const conflicts = route({
  method: 'get',
  path: '/admin/undo-conflicts',
  tags: ['audit'],
  summary: 'List undo conflicts, newest first',
  description:
    'An undo conflict is a row that could not be undone with its change, because a later change depends on it.',
  parameters: parametersOf(ConflictsQuery),
  responses: { 200: json(pageSchema('undo_conflicts', UndoConflict), 'A page of undo conflicts') },
})

const settle = (how: 'retry' | 'dismiss', summary: string) =>
  route({
    method: 'post',
    path: `/admin/undo-conflicts/{id}/${how}`,
    tags: ['audit'],
    summary,
    request: byNumber,
    responses: {
      200: json(z.object({ id: z.string(), settled: z.boolean() }), 'The settled undo conflict'),
      ...missing('undo conflict'),
    },
  })
const retry = settle('retry', 'Retry an undo conflict')
const dismiss = settle('dismiss', 'Dismiss an undo conflict')

const Event = z
  .looseObject({
    id: z.string(),
    name: z.string().openapi({ example: 'brand.created' }),
    data: z.unknown(),
    at: z.string(),
    actor: z.string(),
    workflow_id: z.string(),
    run_id: z.string(),
    dispatched_at: z.string().nullable(),
    deliveries: z.array(
      z.looseObject({
        subscriber: z.string(),
        state: z.enum(['running', 'done', 'waiting', 'dead']),
        workflow_id: z.string(),
        attempts: z.number(),
      }),
    ),
  })
  .openapi('Event')

const EventsQuery = z.strictObject({
  ...paging(),
  name: texts,
  workflow_id: z.string().optional(),
  state: z
    .enum(['running', 'done', 'waiting', 'dead'])
    .optional()
    .meta({ description: '`dead` deliveries are not retried, except by a replay' }),
})

const events = route({
  method: 'get',
  path: '/admin/events',
  tags: ['audit'],
  summary: 'List events with their deliveries, newest first',
  parameters: parametersOf(EventsQuery),
  responses: { 200: json(pageSchema('events', Event), 'A page of events') },
})
const replay = route({
  method: 'post',
  path: '/admin/events/{id}/replay',
  tags: ['audit'],
  summary: 'Replay an event',
  description: 'Starts the subscribers of the event again.',
  request: {
    ...byId,
    body: {
      ...json(z.strictObject({ subscriber: z.string().optional() }), 'The subscriber; default: all'),
      required: false,
    },
  },
  responses: {
    200: json(z.object({ started: z.array(z.string()) }), 'The ids of the workflows that were started'),
    ...missing('event'),
  },
})

export const audit = createRouter()

audit.openapi(changes, async (c) => {
  const { limit, offset, created_at, ...rest } = valid(c, ChangesQuery)
  const { $gte: created_after, $lte: created_before } = created_at ?? {}
  const { rows, count } = await c.var.audit.changes({ ...rest, created_after, created_before, limit, offset })
  return c.json({ changes: rows, count, limit, offset }, 200)
})
audit.openapi(conflicts, async (c) => {
  const { settled, limit, offset } = valid(c, ConflictsQuery)
  const { rows, count } = await c.var.audit.undoConflicts({ settled: settled === 'true', limit, offset })
  return c.json({ undo_conflicts: rows, count, limit, offset }, 200)
})
audit.openapi(retry, async (c) => {
  const { id } = c.req.valid('param')
  await c.var.run(settleUndoConflict, { id, how: 'retry' })
  return c.json({ id, settled: true }, 200)
})
audit.openapi(dismiss, async (c) => {
  const { id } = c.req.valid('param')
  await c.var.run(settleUndoConflict, { id, how: 'dismiss' })
  return c.json({ id, settled: true }, 200)
})
audit.openapi(events, async (c) => {
  const { limit, offset, state, ...rest } = valid(c, EventsQuery)
  const { rows, count } = await c.var.audit.events({ ...rest, ...(state && { state: [state] }), limit, offset })
  return c.json({ events: rows, count, limit, offset }, 200)
})
audit.openapi(replay, async (c) => {
  const { subscriber } = c.req.valid('json') ?? {}
  const event = c.req.valid('param').id
  return c.json(await c.var.run(replayEvent, { event, ...(subscriber && { subscriber }) }), 200)
})
