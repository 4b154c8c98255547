/** `turri db`: the schemas of the database. */
import type { Command } from 'commander'
import { type Database, openDatabase } from '../../framework/database.ts'
import { migrate, migrationStates } from '../../framework/migrate.ts'
import { creationOf } from '../../framework/model/ddl.ts'
import { modelDifferences } from '../../framework/model/differences.ts'
import type { Module } from '../../framework/model/module.ts'
import { databaseUrlOf, loadProject, openRunning } from '../context.ts'
import { table } from '../print.ts'

export function addDbCommands(program: Command): void {
  const db = program.command('db').description('look at the schemas of the database, or bring them up to date')
  db.command('migrate')
    .description('run the migrations that have not been run yet')
    .option('--json', 'as JSON')
    .action(({ json }: { json?: boolean }) =>
      withDatabase(async (database, modules) => {
        table(shown(await migrate(database, modules)), { json, empty: 'The database is up to date.' })
      }),
    )
  db.command('status')
    .description('say which migrations have been run; exits with 2 when some have not')
    .option('--json', 'as JSON')
    .action(({ json }: { json?: boolean }) =>
      withDatabase(async (database, modules) => {
        const states = await migrationStates(database, modules)
        table(shown(states), { json, empty: 'The project has no migrations.' })
        if (states.some((state) => !state.executed_at)) process.exitCode = 2
      }),
    )
  db.command('generate')
    .description('print a migration that makes the tables of a module, to be read and kept as a file')
    .argument('<module>', 'its name')
    .argument('[tables...]', 'only these tables; all where none is named')
    .action(async (name: string, tables: string[]) => {
      const { modules } = await loadProject()
      const module = modules.find((one) => one.name === name)
      if (!module)
        throw new Error(`There is no module '${name}'. There are: ${modules.map((one) => one.name).join(', ')}`)
      const models = Object.values(module.models)
      const unknown = tables.find((table) => !models.some((model) => model.table === table))
      if (unknown)
        throw new Error(`${name} has no model '${unknown}'. It has: ${models.map(({ table }) => table).join(', ')}`)
      console.log(creationOf(tables.length > 0 ? models.filter(({ table }) => tables.includes(table)) : models))
    })
  db.command('check')
    .description('compare the tables with the models; exits with 2 when they differ')
    .option('--json', 'as JSON')
    .action(({ json }: { json?: boolean }) =>
      withDatabase(async (database, modules) => {
        const differences = await modelDifferences(database, modules)
        table(differences, { json, empty: 'The tables are what the models say.' })
        if (differences.length > 0) process.exitCode = 2
      }),
    )
}

const shown = (states: { schema: string; migration: string; executed_at: string | null }[]) =>
  states.map((state) => ({ ...state, executed_at: state.executed_at ?? 'not yet' }))

async function withDatabase(work: (db: Database, modules: Module[]) => Promise<void>): Promise<void> {
  const { config, log } = openRunning()
  const { modules } = await loadProject()
  const db = openDatabase({ url: databaseUrlOf(config), max: 2, log })
  try {
    await work(db, modules)
  } finally {
    await db.destroy()
  }
}
