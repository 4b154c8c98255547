/** Rows that one change owns for a while. */
import { openDatabase } from '../../framework/database.ts'
import { createLogger } from '../../framework/log.ts'
import { freeLeases } from '../../framework/sweeper/leases.ts'
import { sweep } from '../../framework/workflow/framework-workflows.ts'
import { createWorld, type World } from '../support/index.ts'
import { ledger } from '../support/ledger/module.ts'
import { ledgerProject } from '../support/ledger/turri.config.ts'
import { continuedEntries, giveBack, leasedEntries } from '../support/ledger/workflows.ts'
import { eventually } from '../support/processes.ts'

let world: World
beforeAll(async () => {
  world = await createWorld({ project: () => ({ ...ledgerProject, schedules: [] }) })
})
afterAll(() => world.stop())
beforeEach(async () => {
  await world.sql('truncate ledger.entry')
  await world.sql(`insert into ledger.entry (id, text) values ('a', 'a'), ('b', 'b')`)
})

const holders = async () =>
  (await world.sql<{ leased_by: string | null }>('select leased_by from ledger.entry order by id')).map(
    (row) => row.leased_by,
  )
const owned = () => eventually(async () => (await holders())[0] !== null, 'the row is owned')

test('a row that one change owns is refused to another, and free again afterwards', async () => {
  const owner = await world.start(leasedEntries, { ids: ['a'], ms: 60_000 })
  await owned()
  expect(await holders()).toEqual([`${owner.workflowId}/${owner.firstExecutionRunId}`, null])
  await expect(world.run(leasedEntries, { ids: ['b', 'a'], ms: 0 })).rejects.toMatchObject({ code: 'ROW_LEASED' })
  expect((await holders())[1]).toBeNull()
  await owner.signal(giveBack)
  await owner.result()
  expect(await holders()).toEqual([null, null])
  await world.run(leasedEntries, { ids: ['b', 'a'], ms: 0 })
})

test('two that ask at once: one owns, the other is refused', async () => {
  const handles = await Promise.all([1, 2].map(() => world.start(leasedEntries, { ids: ['a'], ms: 60_000 })))
  const results = handles.map((handle) => handle.result())
  expect(await Promise.race(results)).toMatchObject({ problem: { code: 'ROW_LEASED' } })
  await Promise.allSettled(handles.map((handle) => handle.signal(giveBack)))
  expect(await Promise.all(results)).toContain(undefined)
})

test('a cancelled change gives back what it owns', async () => {
  const owner = await world.start(leasedEntries, { ids: ['a'], ms: 60_000 })
  await owned()
  await owner.cancel()
  await expect(owner.result()).rejects.toThrow()
  expect(await holders()).toEqual([null, null])
})

test('the sweeper frees what a change has forgotten, and nothing of one that goes on', async () => {
  const going = await world.start(leasedEntries, { ids: ['b'], ms: 60_000 })
  await eventually(async () => (await holders())[1] !== null, 'the row is owned')
  await world.run(leasedEntries, { ids: ['a'], ms: 0, forget: true })
  expect((await holders())[0]).not.toBeNull()
  expect(await world.run(sweep, undefined)).toMatchObject({ leases: 1 })
  expect(await holders()).toEqual([null, `${going.workflowId}/${going.firstExecutionRunId}`])
  await going.cancel()
})

test('what a chain of runs has forgotten is freed also while another run of its id goes on', async () => {
  const chain = await world.start(continuedEntries, { round: 0 }, 'chain')
  await chain.result()
  const going = await world.start(leasedEntries, { ids: ['b'], ms: 60_000 }, 'chain')
  await eventually(
    async () => (await world.sql('select 1 from ledger.entry where leased_by is not null')).length > 0,
    'the row is owned',
  )
  await world.sql(`update ledger.entry set leased_by = $1 where id = 'a'`, [`chain/${chain.firstExecutionRunId}`])
  expect(await world.run(sweep, undefined)).toMatchObject({ leases: 1 })
  expect(await world.sql('select id from ledger.entry where leased_by is not null')).toEqual([{ id: 'b' }])
  await going.cancel()
})

test('what a terminated change owns is freed when it is taken back, and not before', async () => {
  const owner = await world.start(leasedEntries, { ids: ['a'], ms: 60_000 })
  await owned()
  const leased = await holders()
  await owner.terminate()
  const db = openDatabase({ url: world.databaseUrl, max: 1, log: createLogger({ level: 'silent' }) })
  const { taskQueue } = world.config.temporal.worker
  expect(await freeLeases({ db, client: world.client, taskQueue }, [ledger])).toBe(0)
  await db.destroy()
  expect(await holders()).toEqual(leased)
  const swept = async () => Object.keys((await world.run(sweep, undefined)).lost).length > 0
  await eventually(swept, 'the sweeper has found the run')
  await eventually(async () => (await holders())[0] === null, 'the row is free')
  const conflicts = `
    select c.reason from turri.undo_conflict c join turri.receipt r on r.id = c.receipt where r.workflow_id = $1`
  expect(await world.sql(conflicts, [owner.workflowId])).toEqual([])
})
