import { setTimeout as sleep } from 'node:timers/promises'
import { createLogger } from '../../framework/log.ts'
import { reconcileSchedules, type ScheduleDefinition } from '../../framework/temporal/schedules.ts'
import { createWorld, type World } from '../support/index.ts'
import { eventually } from '../support/processes.ts'
import { tellerProject } from '../support/telling/module.ts'
import { tellEverywhere, tellSlowly } from '../support/telling/workflows.ts'

let world: World
let tells: string
let slow: string
beforeAll(async () => {
  world = await createWorld({ project: () => tellerProject })
  const { taskQueue } = world.config.temporal.worker
  tells = `tells-${taskQueue}`
  slow = `slow-${taskQueue}`
  await reconcile(definitions())
  await reconcile([{ ...definitions()[0]!, id: `foreign-${taskQueue}` }], 'another-queue')
  await eventually(async () => (await request('GET', '')).body.count === 2, 'both schedules are listed')
})
afterAll(async () => {
  await Promise.all([reconcile([]), reconcile([], 'another-queue')])
  await world.stop()
})

const definitions = (): ScheduleDefinition[] => [
  {
    id: tells,
    workflow: tellEverywhere,
    input: { text: 'x', end: 'done' },
    cron: '0 3 * * 1-5',
    timezone: 'Asia/Tokyo',
  },
  { id: slow, workflow: tellSlowly, input: { text: 'x', ms: 60_000 }, cron: '@every 12h' },
]
const reconcile = (schedules: ScheduleDefinition[], taskQueue = world.config.temporal.worker.taskQueue) =>
  reconcileSchedules(world.client, schedules, taskQueue, createLogger({ level: 'silent' }))
const request = (method: string, path: string, body?: unknown) => world.request(method, `/admin/schedules${path}`, body)
const runsOf = async (id: string) => {
  const query = `WorkflowId STARTS_WITH '${id}'`
  return (await world.client.workflow.count(query)).count
}

test('the schedules of the project are listed and retrieved', async () => {
  const { body } = await request('GET', '')
  expect(body.schedules.map(({ id }: { id: string }) => id)).toEqual([slow, tells])
  const shown = await request('GET', `/${tells}`)
  expect(shown.body).toEqual({ schedule: body.schedules[1] })
  expect(shown.body.schedule).toEqual({
    id: tells,
    workflow: 'tell-everywhere',
    cron: '0 3 * * 1-5',
    timezone: 'Asia/Tokyo',
    overlap: 'skip',
    catchup_window_ms: 600_000,
    paused: false,
    note: null,
    last_run_at: null,
    next_run_at: expect.stringMatching(/T18:00:00.000Z$/), // three in the morning in Tokyo
    recent_runs: [],
  })
  expect(body.schedules[0]).toMatchObject({ cron: '@every 43200s', timezone: 'UTC' })
})

test('a paused schedule starts nothing and keeps its note across worker restarts, until it is resumed', async () => {
  const paused = await request('POST', `/${tells}/pause`, { note: 'the CMS moves' })
  expect(paused).toMatchObject({ status: 200, body: { schedule: { paused: true, note: 'the CMS moves' } } })
  expect(paused.body.schedule.next_run_at).toBeNull()
  await reconcile(definitions().map((one) => ({ ...one, cron: '0 4 * * *' })))
  const after = await request('GET', `/${tells}`)
  expect(after.body.schedule).toMatchObject({ paused: true, note: 'the CMS moves', cron: '0 4 * * *' })
  const resumed = await request('POST', `/${tells}/resume`)
  expect(resumed.body.schedule).toMatchObject({ paused: false, note: null, next_run_at: expect.any(String) })
  const half = await request('POST', `/${tells}/pause`, { note: 'half \ud800' })
  expect(half.body.schedule.note).toBe('half \ufffd') // of half a pair of UTF-16 Temporal keeps no text
  expect((await request('POST', `/${tells}/pause`, {})).body.schedule.note).toBe('paused by a test')
})

test('triggering starts the workflow once, even if the schedule is paused, and returns its id', async () => {
  const { status, body } = await request('POST', `/${tells}/run`)
  expect(status).toBe(200)
  expect(body.run.workflow_id).toMatch(new RegExp(`^${tells}-`))
  const handle = world.client.workflow.getHandle(body.run.workflow_id, body.run.run_id)
  expect(await handle.result()).toEqual({ said: 'x' })
  await eventually(async () => (await runsOf(tells)) === 1, 'the one run is listed')
  const { schedule } = (await request('GET', `/${tells}`)).body
  expect(schedule).toMatchObject({ paused: true, last_run_at: body.run.started_at, recent_runs: [body.run] })
  const execution = await world.request('GET', `/admin/workflows-executions/${body.run.workflow_id}`)
  expect(execution.body.workflow_execution).toMatchObject({ workflow_id: 'tell-everywhere', state: 'done' })
})

test('triggering during a run follows the overlap policy and returns null', async () => {
  const first = await request('POST', `/${slow}/run`)
  expect(first.body.run.workflow_id).toMatch(new RegExp(`^${slow}-`))
  await sleep(1100) // the id of what a schedule starts ends with the second
  expect((await request('POST', `/${slow}/run`)).body).toEqual({ run: null })
  await eventually(async () => (await runsOf(slow)) === 1, 'one run is listed')
})

test('a schedule that does not exist, or belongs to another project, is 404', async () => {
  for (const id of ['none', `foreign-${world.config.temporal.worker.taskQueue}`]) {
    for (const [method, path, body] of [
      ['GET', ''],
      ['POST', '/pause', {}],
      ['POST', '/resume'],
      ['POST', '/run'],
    ] as const) {
      const answer = await request(method, `/${id}${path}`, body)
      expect([answer.status, answer.body.message]).toEqual([404, `Schedule with id: ${id} was not found`])
    }
  }
  expect((await request('POST', `/${tells}/pause`, { why: 1 })).status).toBe(400)
  expect((await request('POST', `/${tells}/pause`, { note: 'x'.repeat(501) })).status).toBe(400)
})
