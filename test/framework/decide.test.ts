/** Steps that read their facts, decide and write in one transaction. */
import { createWorld, type World } from '../support/index.ts'
import { ledgerProject } from '../support/ledger/turri.config.ts'
import { takenEntry } from '../support/ledger/workflows.ts'

let world: World
beforeAll(async () => {
  world = await createWorld({ project: () => ({ ...ledgerProject, schedules: [] }) })
})
afterAll(() => world.stop())
beforeEach(async () => {
  await world.sql('truncate ledger.entry')
  await world.sql(`insert into ledger.entry (id, text) values ('a', 'a')`)
})

test('facts, rule and effect are one step with one receipt', async () => {
  expect(await world.run(takenEntry, { id: 'a', taker: 'me' }, 'taken')).toBe('me')
  expect(await world.sql(`select step_key, kind from turri.receipt where workflow_id = 'taken'`)).toEqual([
    { step_key: 'takeEntry#0', kind: 'write' },
  ])
  expect(await world.sql('select taken_by from ledger.entry')).toEqual([{ taken_by: 'me' }])
})

test('of many that decide about the same row at once, one sees it free', async () => {
  const takers = Array.from({ length: 8 }, (_, i) => `taker ${i}`)
  const outcomes = await Promise.allSettled(takers.map((taker) => world.run(takenEntry, { id: 'a', taker })))
  const taken = outcomes.filter((outcome) => outcome.status === 'fulfilled').map(({ value }) => value)
  expect(taken).toHaveLength(1)
  expect(await world.sql('select taken_by from ledger.entry')).toEqual([{ taken_by: taken[0] }])
  for (const outcome of outcomes) {
    if (outcome.status === 'rejected') expect(outcome.reason).toMatchObject({ code: 'ENTRY_TAKEN' })
  }
})

test('a fact that is not there is a refusal', async () => {
  await expect(world.run(takenEntry, { id: 'none', taker: 'me' })).rejects.toMatchObject({ type: 'not_found' })
})

test('what is secret in its input is written, and kept out of its receipt', async () => {
  await world.run(takenEntry, { id: 'a', taker: 'me', seal: 'open sesame' }, 'sealed')
  expect(await world.sql('select seal from ledger.entry')).toEqual([{ seal: 'open sesame' }])
  expect(await world.sql(`select input from turri.receipt where workflow_id = 'sealed'`)).toEqual([
    { input: [{ id: 'a', taker: 'me', seal: '(secret)' }] },
  ])
})
