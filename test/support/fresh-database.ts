import { loadConfig } from '../../framework/config.ts'
import { type Database, type DatabaseOptions, openDatabase } from '../../framework/database.ts'
import { createLogger } from '../../framework/log.ts'
import type { Module } from '../../framework/model/module.ts'
import { migratedDatabase } from './template.ts'

/** Creates a database with the tables of these modules, and two connections to it. Does not use Temporal. */
export async function freshDatabase(
  modules: Module[],
  options: Partial<Pick<DatabaseOptions, 'max' | 'onStatement'>> = {},
): Promise<{ url: string; db: Database }> {
  const url = await migratedDatabase(loadConfig().databaseUrl!, modules)
  return { url, db: openDatabase({ url, max: 2, log: createLogger({ level: 'silent' }), ...options }) }
}
