/** What the journal notes, and how a change is taken back by it. */

import pg from 'pg'
import { openDatabase } from '../../framework/database.ts'
import { journalSchema } from '../../framework/journal/triggers.ts'
import { createLogger } from '../../framework/log.ts'
import { migrate } from '../../framework/migrate.ts'
import { defineModule } from '../../framework/model/module.ts'
import { Service } from '../../framework/model/service.ts'
import { createWorld, type World } from '../support/index.ts'
import { eventually } from '../support/processes.ts'
import type { Deed } from '../support/sagas/module.ts'
import { sagaProject } from '../support/sagas/turri.config.ts'
import { type Act, goOn, performActs } from '../support/sagas/workflows.ts'

let world: World
beforeAll(async () => {
  world = await createWorld({
    project: (core) => ({
      ...sagaProject,
      modules: [
        ...sagaProject.modules.filter(({ name }) => name !== 'cms'),
        core.modules.find(({ name }) => name === 'cms')!,
      ],
    }),
  })
})
afterAll(() => world.stop())
beforeEach(async () => {
  await world.sql('truncate red.thing, green.thing, blue.thing')
  await world.sql('delete from turri.undo_conflict')
})

const red = (...deeds: Deed[]): Act => ({ in: 'red', deeds })
const create = (id: string, more = {}): Deed => ({ do: 'create', rows: [{ id, name: `name of ${id}`, ...more }] })
const fail: Act = { throw: 'problem' }

/** Runs the acts; whether they were refused. */
const run = async (acts: Act[], inSaga = true): Promise<boolean> => {
  try {
    await world.run(performActs, { acts, inSaga })
    return false
  } catch (error) {
    if ((error as Error).name !== 'Problem') throw error
    return true
  }
}
/** Starts acts that fail at `end`, and take back what they did; resolves when their writes are there. */
const startFailing = async (acts: Act[]) => {
  const handle = await world.start(performActs, { acts: [...acts, { waitFor: 'goOn' }, fail], inSaga: true })
  const isWritten = async () => {
    const done = 'select from turri.receipt where workflow_id = $1 and finished_at is not null'
    return (await world.sql(done, [handle.workflowId])).length === acts.length
  }
  await eventually(isWritten, 'all was written')
  return { handle, end: () => handle.signal(goOn).then(() => handle.result()) }
}
const things = (columns = 'id, name, note, stock, deleted_at') =>
  world.sql(`select ${columns} from red.thing order by id`)
const conflicts = () =>
  world.sql<{ row_id: string; reason: string }>(
    'select row_id, reason from turri.undo_conflict where settled_at is null',
  )

test('notes who wrote which row, from what to what, in which step', async () => {
  await run([red(create('a', { note: 'one', amount: '1.10' })), red({ do: 'update', id: 'a', set: { note: 'two' } })])
  const rows = await world.sql(`
    select j.entity, j.row_id, j.op, j.before::jsonb - 'updated_at' as before, j.after::jsonb - 'updated_at' as after, r.step_key, r.actor
    from turri.journal j join turri.receipt r on r.id = j.receipt where row_id = 'a' order by j.id`)
  expect(rows).toEqual([
    {
      entity: 'red.thing',
      row_id: 'a',
      op: 'i',
      before: null,
      after: null,
      step_key: 'changeRed#0',
      actor: 'temporal',
    },
    {
      entity: 'red.thing',
      row_id: 'a',
      op: 'u',
      before: { note: 'one', version: 1 },
      after: { note: 'two', version: 2 },
      step_key: 'changeRed#1',
      actor: 'temporal',
    },
  ])
})

test('a statement that changes nothing leaves no note', async () => {
  await world.sql(`insert into red.thing (id, name) values ('a', 'a')`)
  await world.sql(`delete from turri.journal`)
  await world.sql(`update red.thing set name = 'a'`)
  expect(await world.sql('select 1 from turri.journal')).toEqual([])
})

describe.each([true, false])('a change that fails, in a saga: %s', (inSaga) => {
  test('leaves every row as it was', async () => {
    await world.sql(`insert into red.thing (id, name, note, amount, labels, stock, parent_id, deleted_at) values
      ('p', 'parent', null, 12345678901234567890.123456789, '["a", {"b": null}]', 3, null, null),
      ('c', 'child', 'ünï "quoted" \\ back', 0.10, null, 5, 'p', null),
      ('d', 'deleted', null, null, null, 0, null, now())`)
    const before = await things('*')
    const refused = await run(
      [
        red(create('n', { parent_id: 'p' })),
        red({ do: 'update', id: 'c', set: { note: 'x', amount: '7' } }, { do: 'count', id: 'p', by: -2 }),
        red({ do: 'update', id: 'c', set: { note: 'y', name: 'renamed' } }, { do: 'delete', id: 'd' }),
        red({ do: 'delete', id: 'c' }, { do: 'delete', id: 'n' }, { do: 'delete', id: 'p' }),
        red(create('p', { note: 'another of the same id' }), { do: 'hide', id: 'p' }),
        fail,
      ],
      inSaga,
    )
    expect(refused).toBe(true)
    expect(await conflicts()).toEqual([])
    const after = await things('*')
    const versionless = (rows: Record<string, unknown>[]) => rows.map(({ version, ...row }) => row)
    expect(versionless(after)).toEqual(versionless(before))
    for (const [index, row] of after.entries())
      expect(row.version).toBeGreaterThanOrEqual(before[index]!.version as number)
  })
})

test('a counter is corrected by the difference, whoever has counted since', async () => {
  await world.sql(`insert into red.thing (id, name, stock) values ('a', 'a', 10)`)
  const failing = await startFailing([red({ do: 'count', id: 'a', by: -4 })])
  await run([red({ do: 'count', id: 'a', by: -3 })])
  expect(await things('stock')).toEqual([{ stock: 3 }])
  await failing.end()
  expect(await things('stock')).toEqual([{ stock: 7 }])
  expect(await conflicts()).toEqual([])
})

test('another column of the same row, written since, stays', async () => {
  await world.sql(`insert into red.thing (id, name, note) values ('a', 'a', 'one')`)
  const failing = await startFailing([red({ do: 'update', id: 'a', set: { note: 'two' } })])
  await run([red({ do: 'update', id: 'a', set: { name: 'b' } })])
  const [{ updated_at: touched }] = (await things('updated_at')) as [{ updated_at: Date }]
  await failing.end()
  expect(await things('name, note, updated_at')).toEqual([{ name: 'b', note: 'one', updated_at: touched }])
  expect(await conflicts()).toEqual([])
})

test('the same column, written since, is a conflict: the row is left, and listed with both', async () => {
  await world.sql(`insert into red.thing (id, name, note) values ('a', 'a', 'one'), ('b', 'b', 'one')`)
  const failing = await startFailing([
    red({ do: 'update', id: 'a', set: { note: 'two' } }, { do: 'update', id: 'b', set: { note: 'two' } }),
  ])
  await run([red({ do: 'update', id: 'a', set: { note: 'three' } })])
  await failing.end()
  expect(await things('id, note')).toEqual([
    { id: 'a', note: 'three' },
    { id: 'b', note: 'one' },
  ])
  const [conflict] = await world.sql(`
    select c.row_id, c.reason, mine.workflow_id as mine, other.workflow_id as other from turri.undo_conflict c
    join turri.receipt mine on mine.id = c.receipt join turri.receipt other on other.id = c.blocked_by`)
  expect(conflict).toMatchObject({
    row_id: 'a',
    mine: failing.handle.workflowId,
    reason: expect.stringMatching(/changed it since/),
  })
  expect(conflict!.other).not.toBe(failing.handle.workflowId)
  expect((await failing.handle.describe()).memo).toMatchObject({ state: 'reverted', conflicts: 1 })
})

test('when both that wrote a row fail, it is as before either', async () => {
  await world.sql(`insert into red.thing (id, name, note) values ('a', 'a', 'one')`)
  const first = await startFailing([red({ do: 'update', id: 'a', set: { note: 'two' } })])
  const second = await startFailing([red({ do: 'update', id: 'a', set: { note: 'three' } })])
  await first.end()
  expect(await things('note')).toEqual([{ note: 'three' }])
  expect(await conflicts()).toHaveLength(1)
  await second.end()
  expect(await things('note')).toEqual([{ note: 'one' }])
  expect(await conflicts()).toEqual([])
})

test('beside a column that is a conflict, the counter and the other columns of the row are taken back', async () => {
  await world.sql(`insert into red.thing (id, name, note, stock, amount) values ('a', 'a', 'one', 10, 1.5)`)
  const failing = await startFailing([
    red({ do: 'count', id: 'a', by: 5 }, { do: 'update', id: 'a', set: { note: 'two' } }),
    red({ do: 'update', id: 'a', set: { amount: '7' } }, { do: 'update', id: 'a', set: { note: 'three' } }),
  ])
  await run([red({ do: 'update', id: 'a', set: { note: 'four' } })])
  await failing.end()
  expect(await things('note, stock, amount')).toEqual([{ note: 'four', stock: 10, amount: '1.5' }])
  const changedSince = expect.stringContaining('changed it since')
  expect(await conflicts()).toEqual([
    { row_id: 'a', reason: changedSince },
    { row_id: 'a', reason: changedSince },
  ])
})

test('an earlier change of a column is not taken back while a later one of the same run stands', async () => {
  await world.sql(`insert into red.thing (id, name) values ('a', 'one'), ('b', 'other')`)
  const failing = await startFailing([
    red({ do: 'update', id: 'a', set: { name: 'two' } }, { do: 'update', id: 'a', set: { name: 'three' } }),
  ])
  await run([red(create('c', { name: 'two' }))])
  await failing.end()
  expect(await things('id, name')).toEqual([
    { id: 'a', name: 'three' },
    { id: 'b', name: 'other' },
    { id: 'c', name: 'two' },
  ])
  const nameTaken = expect.stringContaining('thing_name_unique')
  expect(await conflicts()).toEqual([
    { row_id: 'a', reason: nameTaken },
    { row_id: 'a', reason: nameTaken },
  ])
})

test('what was in the way of what was in the way is taken back: a chain of conflicts ends with its last link', async () => {
  await world.sql(`insert into red.thing (id, name, note) values ('p', 'p', 'at first')`)
  const before = await things('id, note')
  const first = await startFailing([red({ do: 'delete', id: 'p' })])
  const second = await startFailing([red(create('p'))])
  const third = await startFailing([red(create('c', { parent_id: 'p' }))])
  await first.end()
  await second.end()
  expect(await conflicts()).toHaveLength(2)
  await third.end()
  expect(await things('id, note')).toEqual(before)
  expect(await conflicts()).toEqual([])
})

test('a conflict that somebody else is looking at is tried again all the same', async () => {
  await world.sql(`insert into red.thing (id, name, note) values ('a', 'a', 'one')`)
  const first = await startFailing([red({ do: 'update', id: 'a', set: { note: 'two' } })])
  const second = await startFailing([red({ do: 'update', id: 'a', set: { note: 'three' } })])
  await first.end()
  const looking = new pg.Client({ connectionString: world.databaseUrl })
  await looking.connect()
  await looking.query(`begin; select from turri.undo_conflict where row_id = 'a' for update`)
  setTimeout(() => void looking.query('commit').then(() => looking.end()), 2000)
  await second.end()
  expect(await things('note')).toEqual([{ note: 'one' }])
  expect(await conflicts()).toEqual([])
})

test('a row that others have built on stays', async () => {
  const failing = await startFailing([red(create('p'), create('q'))])
  await run([red(create('c', { parent_id: 'p' }))])
  await failing.end()
  expect(await things('id')).toEqual([{ id: 'c' }, { id: 'p' }])
  expect(await conflicts()).toEqual([{ row_id: 'p', reason: expect.stringContaining('foreign key') }])
})

test('a name that somebody has taken since is a conflict', async () => {
  await world.sql(`insert into red.thing (id, name) values ('a', 'wanted'), ('b', 'other')`)
  const failing = await startFailing([red({ do: 'hide', id: 'a' }, { do: 'update', id: 'b', set: { note: 'x' } })])
  await run([red(create('c', { name: 'wanted' }))])
  await failing.end()
  expect(await things('id, note, deleted_at is null as there')).toEqual([
    { id: 'a', note: null, there: false },
    { id: 'b', note: null, there: true },
    { id: 'c', note: null, there: true },
  ])
  expect(await conflicts()).toEqual([{ row_id: 'a', reason: expect.stringContaining('thing_name_unique') }])
})

test('a list in a JSON column of a new row is stored as it is, and restored', async () => {
  await run([red(create('a', { labels: ['x', { y: 1 }] }))])
  const before = await things('id, labels')
  expect(before).toEqual([{ id: 'a', labels: ['x', { y: 1 }] }])
  expect(await run([red({ do: 'update', id: 'a', set: { labels: [] } }), red({ do: 'delete', id: 'a' }), fail])).toBe(
    true,
  )
  expect(await things('id, labels')).toEqual(before)
})

describe('what Postgres refuses for good is a conflict', () => {
  /** Changes the table of red things by hand, as a migration would. */
  const reshape = async (statement: string) => {
    await world.sql(statement)
    const db = openDatabase({ url: world.databaseUrl, max: 1, log: createLogger({ level: 'silent' }) })
    await journalSchema(db, 'red', world.project.modules.find(({ name }) => name === 'red')!.models)
    await db.destroy()
  }
  const dropLabels = () => reshape('alter table red.thing drop column labels')
  afterEach(() => reshape('alter table red.thing add column if not exists labels jsonb'))

  test('a column that has gone meanwhile; all else is taken back', async () => {
    await world.sql(`insert into red.thing (id, name) values ('a', 'a'), ('b', 'b')`)
    const failing = await startFailing([
      red({ do: 'update', id: 'a', set: { labels: ['x'] } }, { do: 'update', id: 'b', set: { note: 'x' } }),
    ])
    await dropLabels()
    await failing.end()
    expect(await things('id, note')).toEqual([
      { id: 'a', note: null },
      { id: 'b', note: null },
    ])
    expect(await conflicts()).toEqual([{ row_id: 'a', reason: expect.stringContaining('labels does not exist') }])
  })

  test('and holds up no other change of the module', async () => {
    await world.sql(`insert into red.thing (id, name) values ('a', 'one'), ('z', 'z')`)
    const first = await startFailing([red({ do: 'update', id: 'a', set: { name: 'two', labels: ['x'] } })])
    await run([red(create('c', { name: 'one' }))])
    await first.end()
    expect(await conflicts()).toEqual([{ row_id: 'a', reason: expect.stringContaining('thing_name_unique') }])
    await dropLabels()
    expect(await run([red({ do: 'delete', id: 'z' }), fail])).toBe(true)
    expect(await things('id')).toEqual([{ id: 'a' }, { id: 'c' }, { id: 'z' }])
    expect(await conflicts()).toHaveLength(1)
  })
})

test("another run's conflict that takes too long to try again does not keep a change from being taken back", async () => {
  await world.sql(`insert into red.thing (id, name) values ('a', 'one')`)
  const first = await startFailing([red({ do: 'update', id: 'a', set: { name: 'two' } })])
  await run([red(create('c', { name: 'one' }))])
  await first.end()
  await world.sql(`
    create function red.too_long() returns trigger language plpgsql as $$
    begin raise 'canceling statement due to statement timeout' using errcode = '57014'; end $$;
    create trigger too_long before update on red.thing for each row when (old.id = 'a') execute function red.too_long()`)
  try {
    expect(await run([red(create('d')), fail])).toBe(true)
  } finally {
    await world.sql('drop function red.too_long cascade')
  }
  expect(await things('id')).toEqual([{ id: 'a' }, { id: 'c' }])
  expect(await conflicts()).toHaveLength(1)
})

test('children and their parents go together', async () => {
  await world.sql(`insert into red.thing (id, name) values ('a', 'a')`)
  const before = await things('id, parent_id')
  expect(
    await run([red(create('b', { parent_id: 'a' })), red(create('c', { parent_id: 'b' })), { throw: 'problem' }]),
  ).toBe(true)
  expect(await things('id, parent_id')).toEqual(before)
})

describe('a secret column', () => {
  const secret = 'correct horse battery staple'

  test('is nowhere in the journal and the receipts, and is restored all the same', async () => {
    await run([red(create('a', { token: secret }))])
    const refused = await run([
      red({ do: 'update', id: 'a', set: { token: 'another' } }),
      red({ do: 'delete', id: 'a' }),
      fail,
    ])
    expect(refused).toBe(true)
    expect(await things('id, token')).toEqual([{ id: 'a', token: secret }])
    const [{ text }] = (await world.sql(`
      select (select string_agg(j::text, ' ') from turri.journal j) || (select string_agg(r::text, ' ') from turri.receipt r) as text`)) as [
      { text: string },
    ]
    expect(text).toContain('sealed')
    expect(text).toContain('(secret)')
    expect(text).not.toContain(secret)
  })
})

test('a secret that was written by hand is not kept by the journal', async () => {
  await world.sql(`insert into red.thing (id, name, token) values ('h', 'h', 'by hand')`)
  await world.sql(`delete from red.thing`)
  expect(
    await world.sql(`select before -> 'token' as token from turri.journal where row_id = 'h' and op = 'd'`),
  ).toEqual([{ token: { sealed: null } }])
})

test('what another run has to do with is not waited for: a failing change takes thousands of rows back', async () => {
  const rows = Array.from({ length: 3000 }, (_, i) => ({ id: `r${String(i).padStart(5, '0')}`, name: `row ${i}` }))
  const pages = [rows.slice(0, 1500), rows.slice(1500)]
  expect(await run([...pages.map((page) => red({ do: 'create', rows: page })), fail])).toBe(true)
  expect(await things('id')).toEqual([])
})

test('a table of more columns than a function of Postgres takes arguments is journaled too', async () => {
  const names = Array.from({ length: 200 }, (_, i) => `c${i}`)
  const wide = `create table wide (id text primary key, ${names.map((name) => `${name} text`).join(', ')})`
  const module = defineModule({ name: 'wide', service: Service as never, migrations: { '0001-wide': wide } })
  const db = openDatabase({ url: world.databaseUrl, max: 2, log: createLogger({ level: 'silent' }) })
  await migrate(db, [module])
  await db.destroy()
  await world.sql(`insert into wide.wide (id) values ('w')`)
  await world.sql(`update wide.wide set c0 = 'first', c150 = 'later'`)
  await world.sql(`delete from wide.wide`)
  const rows = await world.sql(
    `select op, after, (select count(*)::int from json_object_keys(before)) as kept from turri.journal where row_id = 'w' order by id`,
  )
  expect(rows).toEqual([
    { op: 'i', after: null, kept: 0 },
    { op: 'u', after: { c0: 'first', c150: 'later' }, kept: 2 },
    { op: 'd', after: null, kept: 201 },
  ])
})
