/** The query layer over the test's shop, in a database of its own; no Temporal is asked. */
import { type Database, openDatabase } from '../../framework/database.ts'
import { createLogger } from '../../framework/log.ts'
import type { Query } from '../../framework/query.ts'
import { createQuery } from '../../query/index.ts'
import { freshDatabase } from '../support/fresh-database.ts'
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
  const { url, db } = await freshDatabase(shopModules, { max: 4 })
  const tables = makeTables(seed)
  await store(db, tables)
  const statements: string[] = []
  const readDb = openDatabase({ url, max: 4, readOnly: true, log, onStatement: (text) => void statements.push(text) })
  const query = createQuery(readDb, shopModules, shopLinks)
  const stop = async () => void (await Promise.all([db.destroy(), readDb.destroy()]))
  return { db, readDb, query, tables, statements, stop }
}
