/** Decisions about several modules: one transaction, one receipt, events with the change. */
import { fileURLToPath } from 'node:url'
import { defineProject } from '../../framework/project.ts'
import { createWorld, type World } from '../support/index.ts'
import { ledgerProject } from '../support/ledger/turri.config.ts'
import { movingActivities } from '../support/moving/module.ts'
import { firstEntry, movedEntries, toldElsewhere } from '../support/moving/workflows.ts'

const project = () => ({
  ...ledgerProject,
  ...defineProject({
    modules: ledgerProject.modules,
    activities: movingActivities,
    workflows: fileURLToPath(new URL('../support/moving/workflows.ts', import.meta.url)),
  }),
  schedules: [],
})

let world: World
beforeAll(async () => {
  world = await createWorld({ project })
})
afterAll(() => world.stop())
beforeEach(async () => {
  await world.sql('truncate ledger.entry, archive.entry')
  await world.sql(`insert into ledger.entry (id, text) values ('a', 'a'), ('b', 'b')`)
})

const texts = async (schema: string) =>
  (await world.sql<{ text: string }>(`select text from ${schema}.entry order by text`)).map(({ text }) => text)
const receipts = (id: string) => world.sql('select step_key from turri.receipt where workflow_id = $1', [id])
const events = (id: string) => world.sql('select name, data from turri.event where workflow_id = $1 order by id', [id])

test('two modules are written in one step that has the name of the decision, and its events tell of it', async () => {
  const moved = await world.run(movedEntries, { ids: ['a', 'b'] }, 'move')
  expect([await texts('ledger'), await texts('archive')]).toEqual([[], ['a', 'b']])
  expect(await receipts('move')).toEqual([{ step_key: 'moveEntries#0' }])
  expect(await events('move')).toEqual([
    ...moved.map((id) => ({ name: 'entry.moved', data: { id } })),
    ...['a', 'b'].map((id) => ({ name: 'entry.left', data: { id, to: 'archive' } })),
  ])
})

test.each([
  ['the rule refuses', { ids: ['a', 'gone'] }],
  ['what it refers to does not exist', { ids: ['a'], after: 'gone' }],
  ['a write fails after others', { ids: ['a'], stumble: true }],
])('when %s, nothing of it has happened, and no event tells of it', async (what, input) => {
  const id = `move ${what}`
  await expect(world.run(movedEntries, input, id)).rejects.toThrow()
  expect([await texts('ledger'), await texts('archive')]).toEqual([['a', 'b'], []])
  expect(await events(id)).toEqual([])
})

test('of many that move the same entry at once, one does', async () => {
  const outcomes = await Promise.allSettled(Array.from({ length: 8 }, () => world.run(movedEntries, { ids: ['a'] })))
  expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  expect([await texts('ledger'), await texts('archive')]).toEqual([['b'], ['a']])
})

test('a locked table has no rows that others add meanwhile', async () => {
  await world.sql('truncate ledger.entry')
  const outcomes = await Promise.allSettled(Array.from({ length: 8 }, () => world.run(firstEntry, undefined)))
  expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  expect(await texts('ledger')).toEqual(['the only one'])
})

test('what happened elsewhere is told in a step of its own', async () => {
  await world.run(toldElsewhere, { urls: ['x', 'y'] }, 'told')
  expect(await receipts('told')).toEqual([{ step_key: 'publish#0' }])
  expect(await events('told')).toEqual(['x', 'y'].map((url) => ({ name: 'catalogue.exported', data: { url } })))
})

test('a decision whose modules have several task queues is refused when the worker starts', async () => {
  await expect(createWorld({ project, moduleTaskQueues: { archive: 'archive' } })).rejects.toThrow(
    /^moveEntries writes the modules ledger, archive in one transaction, so they need one task queue, but 'ledger' has .* and 'archive' has .*-archive/,
  )
  await expect(createWorld({ moduleTaskQueues: { inventory: 'stock' } })).rejects.toThrow(/'inventory' has .*-stock/)
})
