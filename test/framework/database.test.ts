import { sql } from 'kysely'
import pg from 'pg'
import { isTransient, openDatabase } from '../../framework/database.ts'
import { createLogger } from '../../framework/log.ts'
import { startProxy } from '../support/proxy.ts'

const url = process.env.DATABASE_URL!
const log = createLogger({ level: 'silent' })

test('a connection that is lost between two statements of a transaction fails the transaction, not the process', async () => {
  const db = openDatabase({ url, max: 1, log })
  const admin = new pg.Client({ connectionString: url })
  await admin.connect()
  const losing = db.transaction().execute(async (trx) => {
    const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(trx)
    await admin.query('select pg_terminate_backend($1)', [rows[0]!.pid])
    await new Promise((resolve) => setTimeout(resolve, 200)) // the loss is noticed while nothing is asked
    await sql`select 1`.execute(trx)
  })
  const error = await losing.catch((reason: unknown) => reason)
  expect(isTransient(error)).toBe(true)
  await sql`select 1`.execute(db)
  await admin.end()
  await db.destroy()
})

test('a point in time is what it was, in whatever year', async () => {
  const db = openDatabase({ url, max: 1, log })
  const times = [
    '0001-01-01T00:00:00.000Z',
    '0012-05-13T23:59:59.999Z',
    '0099-12-31T12:00:00.120Z',
    '9999-12-31T00:00:00.000Z',
  ]
  const { rows } = await sql<{ at: string }>`select unnest(${times}::timestamptz[]) as at`.execute(db)
  expect(rows.map(({ at }) => at)).toEqual(times)
  await db.destroy()
})

test('a connection that does not answer any more is given up, and the next read has another', async () => {
  const server = new URL(url)
  const proxy = await startProxy(server.host)
  server.host = proxy.address
  const db = openDatabase({ url: server.href, max: 1, readOnly: true, log })
  await sql`select 1`.execute(db)
  proxy.swallow()
  const error = await sql`select 1`.execute(db).catch((reason: unknown) => reason)
  expect(isTransient(error)).toBe(true)
  await sql`select 1`.execute(db)
  await db.destroy()
  proxy.close()
})

test('options of the address stand beside our own', async () => {
  const address = `${url}?options=${encodeURIComponent('-c work_mem=8MB')}`
  const db = openDatabase({ url: address, max: 1, readOnly: true, journalKey: 'k', log })
  const { rows } = await sql`
    select current_setting('default_transaction_read_only') as ro, current_setting('turri.journal_key') as key,
      current_setting('work_mem') as mem`.execute(db)
  expect(rows).toEqual([{ ro: 'on', key: 'k', mem: '8MB' }])
  await db.destroy()
})
