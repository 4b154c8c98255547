/** How many rows Postgres expects of a table that it has not looked at yet, and of one that it has. */
import { sql } from 'kysely'
import type { Database } from '../../framework/database.ts'
import { migrate } from '../../framework/migrate.ts'
import { core } from '../../index.ts'
import { freshDatabase } from '../support/fresh-database.ts'

const { modules } = core()
let db: Database
beforeAll(async () => {
  db = (await freshDatabase(modules)).db
  await sql`alter table pricing.price_set set (autovacuum_enabled = off)`.execute(db)
  await sql`insert into pricing.price_set (id) select 'pset_' || n from generate_series(1, 2000) n`.execute(db)
})
afterAll(() => db.destroy())

async function expected(): Promise<number> {
  const { rows } = await sql<{ 'QUERY PLAN': [{ Plan: { 'Plan Rows': number } }] }>`
    explain (format json) select from pricing.price_set where deleted_at is null`.execute(db)
  return rows[0]!['QUERY PLAN'][0].Plan['Plan Rows']
}

test('of a new table Postgres presumes that its rows are not deleted', async () => {
  expect(await expected()).toBeGreaterThan(1000)
})

test('what it has found out for itself stands', async () => {
  await sql`update pricing.price_set set deleted_at = now()`.execute(db)
  await sql`analyze pricing.price_set`.execute(db)
  await migrate(db, modules)
  expect(await expected()).toBeLessThan(100)
})
