import { ScheduleOverlapPolicy } from '@temporalio/client'
import { createLogger } from '../../framework/log.ts'
import { createClient } from '../../framework/temporal/client.ts'
import { parseKeys } from '../../framework/temporal/keys.ts'
import { reconcileSchedules, type ScheduleDefinition } from '../../framework/temporal/schedules.ts'
import { createWorld, type World } from '../support/index.ts'
import { keyNamed } from '../support/keys.ts'
import { eventually } from '../support/processes.ts'
import { tellerProject } from '../support/telling/module.ts'
import { tellEverywhere } from '../support/telling/workflows.ts'

let world: World
beforeAll(async () => {
  world = await createWorld({ project: () => tellerProject })
})
afterAll(async () => {
  await reconcile([])
  await world.stop()
})

const reconcile = (definitions: ScheduleDefinition[], taskQueue = world.config.temporal.worker.taskQueue) =>
  reconcileSchedules(world.client, definitions, taskQueue, createLogger({ level: 'silent' }))
const id = (name: string) => `${name}-${world.config.temporal.worker.taskQueue}`
const schedule = (name: string, cron: string) => ({
  id: id(name),
  workflow: tellEverywhere,
  input: { text: name, end: 'done' },
  cron,
})
const handle = (name: string) => world.client.schedule.getHandle(id(name))
const listed = async () => {
  const { namespace } = world.config.temporal.connect
  const { schedules } = await world.client.workflowService.listSchedules({ namespace })
  const ids = schedules.map(({ scheduleId }) => scheduleId!)
  return ids.filter((scheduleId) => scheduleId.endsWith(world.config.temporal.worker.taskQueue)).sort()
}
const hourOf = async (name: string) => (await handle(name).describe()).spec.calendars?.[0]?.hour

test('schedules become what the code says: added, changed, removed; a pause stays', async () => {
  await Promise.all([
    reconcile([schedule('a', '0 3 * * *'), schedule('b', '0 4 * * *')]),
    reconcile([schedule('a', '0 3 * * *'), schedule('b', '0 4 * * *')]),
  ])
  await eventually(async () => (await listed()).length === 2, 'both schedules are listed')
  expect(await hourOf('a')).toMatchObject([{ start: 3 }])
  await handle('a').pause('by hand')

  await reconcile([schedule('a', '0 5 * * *')])
  expect(await hourOf('a')).toMatchObject([{ start: 5 }])
  expect((await handle('a').describe()).state).toMatchObject({ paused: true, note: 'by hand' })
  await eventually(async () => (await listed()).join() === id('a'), 'the other one is gone')
})

test('time zone, overlap, catch-up window and input are passed on, also when they change', async () => {
  await reconcile([schedule('c', '0 3 * * *')])
  const first = await handle('c').describe()
  expect(first.spec.timezone).toBe('UTC')
  expect(first.policies).toMatchObject({ overlap: 'SKIP', catchupWindow: 600_000 })
  expect(first.action).toMatchObject({ args: [{ text: 'c', end: 'done' }] })
  await reconcile([
    {
      ...schedule('c', '0 3 * * *'),
      timezone: 'Europe/Berlin',
      overlap: ScheduleOverlapPolicy.BUFFER_ONE,
      catchupWindowMs: 3_600_000,
      input: { text: 'changed', end: 'done' },
    },
  ])
  const changed = await handle('c').describe()
  expect(changed.spec.timezone).toBe('Europe/Berlin')
  expect(changed.policies).toMatchObject({ overlap: 'BUFFER_ONE', catchupWindow: 3_600_000 })
  expect(changed.action).toMatchObject({ args: [{ text: 'changed', end: 'done' }] })
})

test('schedules of another task queue, and those that are not ours, are let be', async () => {
  const foreign = id('foreign')
  const action = { type: 'startWorkflow' as const, workflowType: 'x', taskQueue: 'x', args: [] }
  const strangers = createClient(world.connection, { ...world.config, keys: parseKeys(keyNamed('of-strangers')) })
  await strangers.schedule.create({ scheduleId: foreign, spec: {}, action, memo: { text: 'not ours to read' } })
  await reconcile([schedule('elsewhere', '0 3 * * *')], 'another-queue')
  await reconcile([schedule('d', '0 3 * * *')])
  const want = [id('d'), id('elsewhere'), foreign].sort().join()
  await eventually(async () => (await listed()).join() === want, 'only ours are removed')
  await Promise.all([reconcile([], 'another-queue'), world.client.schedule.getHandle(foreign).delete()])
})
