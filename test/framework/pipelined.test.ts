/** Pipelined statements: nothing is lost, and no failure is swallowed. */
import { sql } from 'kysely'
import pg from 'pg'
import { type Database, openDatabase } from '../../framework/database.ts'
import { inSavepoint } from '../../framework/journal/savepoint.ts'
import { createLogger } from '../../framework/log.ts'
import type { AnyTransaction } from '../../framework/model/repository.ts'
import { pipelined } from '../../framework/postgres/statement.ts'
import { freshDatabase } from '../support/fresh-database.ts'

let db: Database
let url: string
beforeAll(async () => {
  const fresh = await freshDatabase([])
  await fresh.db.destroy()
  url = fresh.url
  db = openDatabase({ url, max: 1, log: createLogger({ level: 'silent' }) }) // one: what follows meets the same connection
  await sql`create table public.pearl (id text primary key, size integer check (size > 0))`.execute(db)
})
afterAll(() => db.destroy())
beforeEach(() => sql`truncate public.pearl`.execute(db))

const add = (trx: AnyTransaction, id: string, size = 1) =>
  pipelined(sql`insert into public.pearl (id, size) values (${id}, ${size}::int)`).execute(trx)

async function pearls(): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`select id from public.pearl order by id`.execute(db)
  return rows.map(({ id }) => id)
}

/** Work in one transaction. */
const inOne = <T>(work: (trx: AnyTransaction) => Promise<T>) => db.transaction().execute((trx) => work(trx as never))

test('they are done in their order, before what is waited for', async () => {
  const seen = await inOne(async (trx) => {
    await add(trx, 'a')
    await add(trx, 'b')
    return sql<{ n: number }>`select count(*)::int as n from public.pearl`.execute(trx)
  })
  expect(seen.rows).toEqual([{ n: 2 }])
  expect(await pearls()).toEqual(['a', 'b'])
})

test('they are not waited for, however long they take', async () => {
  const held = new pg.Client({ connectionString: url })
  await held.connect()
  await held.query('select pg_advisory_lock(7)')
  await inOne(async (trx) => {
    await pipelined(sql`select pg_advisory_xact_lock(7)`).execute(trx) // it waits for us: were it waited for, nobody would ever go on
    await held.end()
  })
})

test('one that fails fails the next that is waited for, by its own error', async () => {
  const refused = inOne(async (trx) => {
    await add(trx, 'a')
    await add(trx, 'a')
    await add(trx, 'c')
    await sql`select 1`.execute(trx)
    throw new Error('never reached')
  })
  await expect(refused).rejects.toMatchObject({ code: '23505', constraint: 'pearl_pkey' })
  expect(await pearls()).toEqual([])
})

test('where nothing else is waited for, the commit fails', async () => {
  await expect(inOne((trx) => add(trx, 'a', -1))).rejects.toMatchObject({ code: '23514' })
  expect(await pearls()).toEqual([])
})

test('the first of several failures is told', async () => {
  const refused = inOne(async (trx) => {
    await add(trx, 'a', -1)
    await pipelined(sql`insert into public.pearl (id, size) values (${'b'}, ${'no number'}::int)`).execute(trx)
  })
  await expect(refused).rejects.toMatchObject({ code: '23514' })
})

test('a connection on which one failed is as good as new after it', async () => {
  const ours = inOne(async (trx) => {
    await add(trx, 'a', -1)
    throw new Error('for another reason')
  })
  await expect(ours).rejects.toThrow('for another reason')
  await inOne((trx) => add(trx, 'b'))
  expect(await pearls()).toEqual(['b'])
})

test('what is rolled back to a savepoint is forgotten, and the transaction goes on', async () => {
  await inOne(async (trx) => {
    await add(trx, 'a')
    const broken = inSavepoint(trx, async () => {
      await add(trx, 'a')
      throw new Error('for another reason')
    })
    await expect(broken).rejects.toThrow('for another reason')
    await expect(inSavepoint(trx, () => add(trx, 'a'))).rejects.toMatchObject({ code: '23505' })
    await add(trx, 'b')
  })
  expect(await pearls()).toEqual(['a', 'b'])
})

test('a statement that could not be parsed is parsed anew the next time', async () => {
  const missing = (trx: AnyTransaction) => pipelined(sql`insert into public.shell (id) values (${'a'})`).execute(trx)
  await expect(inOne(missing)).rejects.toMatchObject({ code: '42P01' })
  await sql`create table public.shell (id text)`.execute(db)
  await inOne(missing)
  expect((await sql`select id from public.shell`.execute(db)).rows).toEqual([{ id: 'a' }])
})

test('a connection that is lost with statements under way fails the transaction', async () => {
  const lost = inOne(async (trx) => {
    await add(trx, 'a')
    await pipelined(sql`select pg_terminate_backend(pg_backend_pid())`).execute(trx)
    await add(trx, 'b')
  })
  await expect(lost).rejects.toThrow(/terminat|not queryable|connection/i)
  expect(await pearls()).toEqual([])
})
