/** Events, and who hears of them. */

import { type Database, openDatabase } from '../../framework/database.ts'
import { listEvents } from '../../framework/events/events.ts'
import { createLogger } from '../../framework/log.ts'
import { replayEvent, sweep } from '../../framework/workflow/framework-workflows.ts'
import { eventProject } from '../support/events/turri.config.ts'
import * as workflows from '../support/events/workflows.ts'
import { createWorld, type World } from '../support/index.ts'
import { eventually } from '../support/processes.ts'

let world: World
let db: Database
beforeAll(async () => {
  world = await createWorld({ project: () => ({ ...eventProject, schedules: [] }) })
  db = openDatabase({ url: world.databaseUrl, max: 2, readOnly: true, log: createLogger({ level: 'silent' }) })
})
afterAll(async () => {
  await db.destroy()
  await world.stop()
})
beforeEach(() => world.sql('truncate red.thing, green.thing, blue.thing, turri.event cascade'))

const mirrored = async (colour: 'green' | 'blue') =>
  (await world.sql<{ note: string }>(`select note from ${colour}.thing order by note`)).map(({ note }) => note)
const deliveries = async () =>
  (await listEvents(db, { limit: 50, offset: 0 })).rows.flatMap((event) => event.deliveries)
const allSettled = () =>
  eventually(async () => {
    const all = await deliveries()
    return all.length > 0 && all.every(({ state }) => state !== 'running')
  }, 'all subscribers have ended')

test.each([undefined, 'publish late'] as const)('each subscriber runs once for each event (%s)', async (after) => {
  const ids = await world.run(workflows.announce, { notes: ['a', 'b', 'c'], ...(after && { after }) })
  await allSettled()
  expect(await mirrored('green')).toEqual([...ids].sort())
  expect(await mirrored('blue')).toEqual([...ids].sort())
  const { rows, count } = await listEvents(db, { limit: 2, offset: 0 })
  expect(count).toBe(3)
  expect(rows.map(({ name, data }) => [name, (data as { note: string }).note])).toEqual([
    ['red.created', 'c'],
    ['red.created', 'b'],
  ])
  expect(rows[0]!.deliveries.map(({ subscriber, state, attempts }) => [subscriber, state, attempts])).toEqual([
    ['mirrorInBlue', 'done', 1],
    ['mirrorInGreen', 'done', 1],
  ])
})

test('the event is written in the transaction of the write that follows', async () => {
  await world.run(workflows.whisper, undefined)
  const [row] = await world.sql(`
    select e.xmin::text = t.xmin::text as same from turri.event e, red.thing t
    where e.name = 'red.whispered' and t.id = (select max(id) from red.thing)`)
  expect(row).toEqual({ same: true })
})

test('a change that is taken back is never heard of', async () => {
  await expect(world.run(workflows.announce, { notes: ['a'], after: 'refuse' })).rejects.toMatchObject({
    type: 'not_allowed',
  })
  expect(await world.sql('select 1 from turri.event')).toEqual([])
  expect(await world.sql('select 1 from red.thing')).toEqual([])
})

test('an event that nobody waits for costs no dispatch', async () => {
  await world.run(workflows.whisper, undefined, 'whisper-once')
  const steps = await world.sql<{ step_key: string }>(
    `select step_key from turri.receipt where workflow_id = 'whisper-once'`,
  )
  expect(steps).toEqual([{ step_key: 'changeRed#0' }])
  expect(await world.sql('select dispatched_at is not null as done from turri.event')).toEqual([{ done: true }])
})

test('the actor goes with the event to the subscribers', async () => {
  const request = { requestId: 'r-12345678', actor: 'user_01', method: 'POST', path: '/x', content: '' }
  await world.runner.run(workflows.announce, { notes: ['a'] }, { request })
  await allSettled()
  const actors = await world.sql(
    `select distinct actor from turri.receipt where workflow_id like 'mirror-in-%' and actor = 'user_01'`,
  )
  expect(actors).toEqual([{ actor: 'user_01' }])
})

describe('a subscriber that is refused', () => {
  test('is taken back, holds up nobody, stays dead, and runs again when it is replayed', async () => {
    const [id] = await world.run(workflows.announce, { notes: ['refuse blue'] })
    await allSettled()
    expect(await mirrored('green')).toEqual([id])
    expect(await mirrored('blue')).toEqual([])
    const [blue] = await deliveries()
    expect(blue).toMatchObject({
      subscriber: 'mirrorInBlue',
      state: 'dead',
      error: { type: 'BLUE_CLOSED' },
      attempts: 1,
    })

    const [event] = (await listEvents(db, { state: ['dead'], limit: 5, offset: 0 })).rows
    await world.sql(`update turri.event set data = '{"id":"${id}","note":"open again"}'`)
    const answer = await world.run(replayEvent, { event: event!.id, subscriber: 'mirrorInBlue' })
    expect(answer.started).toEqual([blue!.workflow_id])
    await allSettled()
    expect(await mirrored('blue')).toEqual([id])
    expect(await mirrored('green')).toEqual([id])
    expect((await deliveries())[0]).toMatchObject({ state: 'done', attempts: 2, error: null })
  })
})

test('a subscriber that something was not available to is started again by the sweeper', async () => {
  const [id] = await world.run(workflows.announce, { notes: ['blue is away'] })
  await allSettled()
  const [blue] = await deliveries()
  expect(blue).toMatchObject({ state: 'waiting', attempts: 1, error: { message: 'blue is away' } })
  expect(Date.parse(blue!.next_attempt_at!) - Date.parse(blue!.finished_at!)).toBeGreaterThan(50_000)
  expect(await world.run(sweep, undefined)).toMatchObject({ deliveries: 0 })

  await world.sql(`update turri.event set data = '{"id":"${id}","note":"back"}'`)
  await world.sql(`update turri.delivery set next_attempt_at = now() where next_attempt_at is not null`)
  expect(await world.run(sweep, undefined)).toMatchObject({ deliveries: 1 })
  await allSettled()
  expect(await mirrored('blue')).toEqual([id])
  expect((await deliveries())[0]).toMatchObject({ state: 'done', attempts: 2 })
})

test('what a change could not send out, the sweeper does', async () => {
  await world.sql(`insert into turri.event (id, name, data, actor, workflow_id, run_id, at) values
    ('evt_left', 'red.created', '{"id": "left", "note": ""}', 'user_02', 'announce/long-gone', 'run', now() - interval '1 hour')`)
  expect(await world.run(sweep, undefined)).toMatchObject({ events: 1 })
  await allSettled()
  expect(await mirrored('green')).toEqual(['left'])
  expect(await world.run(sweep, undefined)).toMatchObject({ events: 0 })
})
