/** The query layer over the test's shop, in a database of its own; no Temporal is asked. */
import { ulid } from 'ulid'
import { loadConfig } from '../../framework/config.ts'
import { type Database, openDatabase } from '../../framework/database.ts'
import { createLogger } from '../../framework/log.ts'
import { migrate } from '../../framework/model/migrate.ts'
import type { Query } from '../../framework/query.ts'
import { createDatabase } from '../../framework/stack/postgres.ts'
import { createQuery } from '../../query/index.ts'
import { makeTables, store, type Tables } from '../support/shop/data.ts'
import { shopLinks, shopModules } from '../support/shop/modules.ts'

export interface ShopWorld {
  db: Database
  readDb: Database
  query: Query
  tables: Tables
  statements: string[]
  stop(): Promise<void>
}

export async function createShop(seed: number): Promise<ShopWorld> {
  const log = createLogger({ level: 'silent' })
  const url = await createDatabase(loadConfig().databaseUrl!, `test_${ulid().toLowerCase()}`)
  const db = openDatabase({ url, max: 4, log })
  await migrate(db, shopModules)
  const tables = makeTables(seed)
  await store(db, tables)
  const statements: string[] = []
  const readDb = openDatabase({ url, max: 4, readOnly: true, log, onStatement: (text) => void statements.push(text) })
  const query = createQuery(readDb, shopModules, shopLinks)
  const stop = async () => void (await Promise.all([db.destroy(), readDb.destroy()]))
  return { db, readDb, query, tables, statements, stop }
}
