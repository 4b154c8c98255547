/** Databases for tests, copied from a template with the tables of their modules, which is ten times faster than migrating each. */
import { createHash } from 'node:crypto'
import pg from 'pg'
import { ulid } from 'ulid'
import { openDatabase } from '../../framework/database.ts'
import { createLogger } from '../../framework/log.ts'
import { migrate } from '../../framework/migrate.ts'
import { secretColumns } from '../../framework/model/model.ts'
import type { Module } from '../../framework/model/module.ts'
import { createDatabase } from '../../framework/stack/postgres.ts'

/** A template is valid for one run of the tests, because the next may have other triggers. */
const RUN = process.env.TEST_RUN ?? String(process.pid)

/** Creates a database with the tables of these modules on the server of `serverUrl`. @returns its address. */
export async function migratedDatabase(serverUrl: string, modules: Module[]): Promise<string> {
  const template = `test_template_${digestOf(modules)}`
  await onServer(serverUrl, async (server) => {
    // Of concurrent test files with the same modules, the first makes the template and the others wait.
    await server.query('select pg_advisory_lock(hashtextextended($1, 0))', [template])
    const { rowCount } = await server.query('select from pg_database where datname = $1', [template])
    if (rowCount === 0) await makeTemplate(server, serverUrl, template, modules)
  })
  return createDatabase(serverUrl, `test_${ulid().toLowerCase()}`, template)
}

/** Renames the template when it is complete, so that an interrupted one is never used. */
async function makeTemplate(server: pg.Client, serverUrl: string, name: string, modules: Module[]): Promise<void> {
  const unfinished = `test_${ulid().toLowerCase()}`
  const url = await createDatabase(serverUrl, unfinished)
  const db = openDatabase({ url, max: 2, log: createLogger({ level: 'silent' }) })
  await migrate(db, modules).finally(() => db.destroy())
  await server.query(`alter database ${unfinished} rename to ${name}`)
}

/** A digest of everything that `migrate` makes tables and triggers from. */
function digestOf(modules: Module[]): string {
  const facts = modules.map(({ name, migrations, models, tallies }) => {
    const secrets = Object.values(models).map((model) => [model.table, secretColumns(model)])
    return [name, migrations, secrets, tallies]
  })
  return createHash('sha256')
    .update(RUN + JSON.stringify(facts))
    .digest('hex')
    .slice(0, 32)
}

async function onServer(url: string, work: (server: pg.Client) => Promise<void>): Promise<void> {
  const server = new pg.Client({ connectionString: url })
  await server.connect()
  try {
    await work(server)
  } finally {
    await server.end()
  }
}
