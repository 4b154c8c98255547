/** Migrates the schemas of the database, one module after the other, and installs the journal on their tables. */
import { type Kysely, Migrator, sql } from 'kysely'
import type { Database } from './database.ts'
import { eventMigrations } from './events/tables.ts'
import { journalMigrations } from './journal/tables.ts'
import { journalSchema } from './journal/triggers.ts'
import type { Module } from './model/module.ts'
import { presumeStatistics } from './model/presumptions.ts'
import { receiptMigrations } from './receipt/tables.ts'
import { sweeperMigrations } from './sweeper/tables.ts'
import { installTally } from './tally/install.ts'

export interface MigrationState {
  schema: string
  migration: string
  /** ISO 8601; null if it has not been run. */
  executed_at: string | null
}

interface Schema {
  name: string
  migrations: Record<string, string>
  unordered?: boolean
}

/** The indexes of searchable columns are trigram indexes, because `q` searches anywhere in a text. */
const searchMigrations = { '0005-search': 'create extension if not exists pg_trgm with schema public' }

const LOCK = 'turritopsis migrations'

/**
 * Runs pending migrations. Safe to call from several processes at once: they wait for each other.
 *
 * @returns the migrations that were run.
 * @throws if a migration fails. The schemas before it stay migrated; its own is unchanged.
 */
export async function migrate(db: Database, modules: Module[]): Promise<MigrationState[]> {
  return db.connection().execute(async (connection) => {
    await sql`select pg_advisory_lock(hashtextextended(${LOCK}, 0))`.execute(connection)
    try {
      const ran: MigrationState[] = []
      for (const schema of schemasOf(modules)) ran.push(...(await migrateSchema(db, schema)))
      for (const { name, models } of modules) await journalSchema(db, name, models)
      await installTallies(db, modules)
      await presumeStatistics(
        db,
        modules.map(({ name }) => name),
      )
      return ran
    } finally {
      await sql`select pg_advisory_unlock(hashtextextended(${LOCK}, 0))`.execute(connection)
    }
  })
}

/** Installs the tallies of entities of these modules. */
async function installTallies(db: Database, modules: Module[]): Promise<void> {
  for (const tally of modules.flatMap(({ tallies = [] }) => tallies)) {
    const owner = modules.find(({ models }) => Object.values(models).some(({ table }) => table === tally.entity))
    if (owner) await installTally(db, owner.name, tally)
  }
}

/** All migrations of the code, run or not. */
export async function migrationStates(db: Database, modules: Module[]): Promise<MigrationState[]> {
  const states: MigrationState[] = []
  for (const schema of schemasOf(modules)) {
    const ran = await ranIn(db, schema.name)
    const names = Object.keys(schema.migrations).sort()
    states.push(...names.map((name) => ({ schema: schema.name, migration: name, executed_at: ran.get(name) ?? null })))
  }
  return states
}

function schemasOf(modules: Module[]): Schema[] {
  return [
    {
      name: 'turri',
      migrations: {
        ...receiptMigrations,
        ...journalMigrations,
        ...eventMigrations,
        ...sweeperMigrations,
        ...searchMigrations,
      },
    },
    ...modules.filter((m) => Object.keys(m.migrations).length > 0),
  ]
}

async function migrateSchema(db: Database, schema: Schema): Promise<MigrationState[]> {
  const { error, results = [] } = await migrator(db, schema).migrateToLatest()
  const failed = results.find((result) => result.status === 'Error')
  if (error) {
    const name = failed ? `${schema.name}/${failed.migrationName}` : schema.name
    throw new Error(`The migration ${name} failed: ${(error as Error).message ?? error}`)
  }
  const executed_at = new Date().toISOString()
  return results.map(({ migrationName }) => ({ schema: schema.name, migration: migrationName, executed_at }))
}

function migrator(db: Kysely<never>, { name, migrations, unordered = false }: Schema): Migrator {
  const statements = (text: string) => sql.raw(`set local search_path = "${name}", public; ${text}`)
  return new Migrator({
    db,
    migrationTableSchema: name,
    migrationTableName: 'migration',
    migrationLockTableName: 'migration_lock',
    allowUnorderedMigrations: unordered,
    provider: {
      getMigrations: async () =>
        Object.fromEntries(
          Object.entries(migrations).map(([key, text]) => [
            key,
            { up: async (trx: Kysely<unknown>) => void (await statements(text).execute(trx)) },
          ]),
        ),
    },
  })
}

/** Migration → time of its run. Read directly, because Kysely's migrator would inspect every table of the database for each schema. */
async function ranIn(db: Database, schema: string): Promise<Map<string, string>> {
  const { rows: tables } =
    await sql`select from pg_tables where schemaname = ${schema} and tablename = 'migration'`.execute(db)
  if (tables.length === 0) return new Map()
  const { rows } = await sql<{ name: string; timestamp: string }>`
    select name, timestamp from ${sql.table(`${schema}.migration`)}`.execute(db)
  return new Map(rows.map(({ name, timestamp }) => [name, timestamp]))
}
