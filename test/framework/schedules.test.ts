import { createLogger } from '../../framework/log.ts'
import { reconcileSchedules, type ScheduleDefinition } from '../../framework/temporal/schedules.ts'
import { nightlySyncBrandsToCms } from '../../workflows/brand/nightly-sync-brands-to-cms.ts'
import { createWorld, type World } from '../support/index.ts'
import { eventually } from '../support/processes.ts'

let world: World
beforeAll(async () => {
  world = await createWorld()
})
afterAll(async () => {
  await reconcile([])
  await world.stop()
})

const reconcile = (definitions: ScheduleDefinition[]) =>
  reconcileSchedules(
    world.client,
    definitions,
    world.config.temporal.worker.taskQueue,
    createLogger({ level: 'silent' }),
  )
const id = (name: string) => `${name}-${world.config.temporal.worker.taskQueue}`
const schedule = (name: string, cron: string) => ({ id: id(name), workflow: nightlySyncBrandsToCms, cron })
const listed = async () => {
  const ids: string[] = []
  for await (const { scheduleId } of world.client.schedule.list()) ids.push(scheduleId)
  return ids.filter((scheduleId) => scheduleId.endsWith(world.config.temporal.worker.taskQueue)).sort()
}
const hourOf = async (name: string) =>
  (await world.client.schedule.getHandle(id(name)).describe()).spec.calendars?.[0]?.hour

test('schedules become what the code says: added, changed, removed; a pause stays', async () => {
  await Promise.all([
    reconcile([schedule('a', '0 3 * * *'), schedule('b', '0 4 * * *')]),
    reconcile([schedule('a', '0 3 * * *'), schedule('b', '0 4 * * *')]),
  ])
  await eventually(async () => (await listed()).length === 2, 'both schedules are listed')
  expect(await hourOf('a')).toMatchObject([{ start: 3 }])
  await world.client.schedule.getHandle(id('a')).pause('by hand')

  await reconcile([schedule('a', '0 5 * * *')])
  expect(await hourOf('a')).toMatchObject([{ start: 5 }])
  expect((await world.client.schedule.getHandle(id('a')).describe()).state.paused).toBe(true)
  await eventually(async () => (await listed()).join() === id('a'), 'the other one is gone')
})

test('triggered, a schedule starts its workflow', async () => {
  await world.client.schedule.getHandle(id('a')).trigger()
  await eventually(async () => {
    const { info } = await world.client.schedule.getHandle(id('a')).describe()
    return info.recentActions.length === 1
  }, 'the schedule has started something')
  await eventually(async () => {
    const sync = world.client.workflow.getHandle('sync-brands-to-cms/all')
    const found = await sync.describe().catch(() => undefined) // the schedule's workflow has yet to start it
    return found?.status.name === 'COMPLETED'
  }, 'the one sync has run')
})
