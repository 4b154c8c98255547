import { createRouter, json, route, z } from '../../framework/http/router.ts'

const Run = z
  .object({
    scheduled_at: z.string(),
    started_at: z.string(),
    workflow_id: z.string().openapi({ example: 'nightly-sync-brands-to-cms-2026-11-21T03:00:00Z' }),
    run_id: z.string(),
  })
  .openapi('ScheduleRun')

const Schedule = z
  .object({
    id: z.string().openapi({ example: 'nightly-sync-brands-to-cms' }),
    workflow: z.string(),
    cron: z.string().openapi({ example: '0 3 * * *' }),
    timezone: z.string().openapi({ example: 'UTC' }),
    overlap: z
      .string()
      .openapi({ description: 'What happens if a run is due while the previous one is still running' }),
    catchup_window_ms: z.number().openapi({ description: 'How late a missed run is still started' }),
    paused: z.boolean(),
    note: z.string().nullable().openapi({ description: 'The reason for the pause' }),
    last_run_at: z.string().nullable(),
    next_run_at: z.string().nullable(),
    recent_runs: z.array(Run).openapi({ description: 'Newest first' }),
  })
  .openapi('Schedule')

const MAX_NOTE = 500
const tags = ['schedules']
const params = z.object({ id: z.string() })
const one = json(z.object({ schedule: Schedule }), 'The schedule')
const missing = { 404: { description: 'The schedule was not found' } }
const Pause = z.strictObject({
  note: z.string().max(MAX_NOTE).optional().openapi({ description: 'The reason; Temporal stores it unencrypted' }),
})

const list = route({
  method: 'get',
  path: '/admin/schedules',
  tags,
  summary: 'List schedules',
  responses: { 200: json(z.object({ schedules: z.array(Schedule), count: z.number() }), 'All schedules') },
})
const retrieve = route({
  method: 'get',
  path: '/admin/schedules/{id}',
  tags,
  summary: 'Retrieve a schedule with its recent runs',
  request: { params },
  responses: { 200: one, ...missing },
})
const pause = route({
  method: 'post',
  path: '/admin/schedules/{id}/pause',
  tags,
  summary: 'Pause a schedule',
  description: 'It starts nothing until it is resumed, even if workers restart.',
  request: { params, body: json(Pause, 'The reason, or `{}`') },
  responses: { 200: one, ...missing },
})
const resume = route({
  method: 'post',
  path: '/admin/schedules/{id}/resume',
  tags,
  summary: 'Resume a schedule',
  request: { params },
  responses: { 200: one, ...missing },
})
const run = route({
  method: 'post',
  path: '/admin/schedules/{id}/run',
  tags,
  summary: 'Trigger a schedule',
  description: 'Starts its workflow now, subject to the overlap policy of the schedule.',
  request: { params },
  responses: {
    200: json(
      z.object({
        run: z.union([Run, z.null()]).openapi({ description: 'Null if nothing has been started' }),
      }),
      'The run',
    ),
    ...missing,
  },
})

export const schedules = createRouter()

schedules.openapi(list, async (c) => {
  const all = await c.var.schedules.list()
  return c.json({ schedules: all, count: all.length }, 200)
})
schedules.openapi(retrieve, async (c) => c.json({ schedule: await c.var.schedules.show(c.req.valid('param').id) }, 200))
schedules.openapi(pause, async (c) => {
  const { note } = c.req.valid('json')
  return c.json({ schedule: await c.var.schedules.pause(c.req.valid('param').id, note) }, 200)
})
schedules.openapi(resume, async (c) => c.json({ schedule: await c.var.schedules.resume(c.req.valid('param').id) }, 200))
schedules.openapi(run, async (c) => {
  return c.json({ run: (await c.var.schedules.run(c.req.valid('param').id)) ?? null }, 200)
})
