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
    overlap: z.string().openapi({ description: 'What happens to a start while the one before still runs' }),
    catchup_window_ms: z.number().openapi({ description: 'Starts missed by no more than this are made up for' }),
    paused: z.boolean(),
    note: z.string().nullable().openapi({ description: 'Why it is paused' }),
    last_run_at: z.string().nullable(),
    next_run_at: z.string().nullable(),
    recent_runs: z.array(Run).openapi({ description: 'The latest first' }),
  })
  .openapi('Schedule')

const MAX_NOTE = 500
const tags = ['schedules']
const params = z.object({ id: z.string() })
const one = json(z.object({ schedule: Schedule }), 'The schedule')
const missing = { 404: { description: 'There is no such schedule' } }
const Pause = z.strictObject({
  note: z.string().max(MAX_NOTE).optional().openapi({ description: 'Why; Temporal keeps it in clear text' }),
})

const list = route({
  method: 'get',
  path: '/admin/schedules',
  tags,
  summary: 'List what the clock starts',
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
  summary: 'Let it start nothing until it is resumed, also over restarts',
  request: { params, body: json(Pause, 'Why; `{}` to say nothing') },
  responses: { 200: one, ...missing },
})
const resume = route({
  method: 'post',
  path: '/admin/schedules/{id}/resume',
  tags,
  summary: 'Let it start again',
  request: { params },
  responses: { 200: one, ...missing },
})
const run = route({
  method: 'post',
  path: '/admin/schedules/{id}/run',
  tags,
  summary: 'Start now what the clock would start, under the overlap policy of the schedule',
  request: { params },
  responses: {
    200: json(
      z.object({
        run: z.union([Run, z.null()]).openapi({ description: 'Null where nothing was started, or not yet' }),
      }),
      'What was started',
    ),
    ...missing,
  },
})

export const schedules = createRouter()

schedules.openapi(list, async (c) => {
  const found = await c.var.schedules.list()
  return c.json({ schedules: found, count: found.length }, 200)
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
