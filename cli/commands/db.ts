/** `turri db`: migrations. */
import type { Command } from 'commander'
import { type Database, openDatabase } from '../../framework/database.ts'
import { migrate, migrationStates } from '../../framework/migrate.ts'
import { creationOf } from '../../framework/model/ddl.ts'
import { modelDifferences } from '../../framework/model/differences.ts'
import type { Module } from '../../framework/model/module.ts'
import { databaseUrlOf, loadProject, openRunning } from '../context.ts'
import { table } from '../print.ts'

export function addDbCommands(program: Command): void {
  const db = program.command('db').description('run, list and generate migrations')
  db.command('migrate')
    .description('run pending migrations')
    .option('--json', 'print JSON')
    .action(({ json }: { json?: boolean }) =>
      withDatabase(async (database, modules) => {
        table(stateRows(await migrate(database, modules)), { json, empty: 'The database is up to date.' })
      }),
    )
  db.command('status')
    .description('list migrations; exits with code 2 if some are pending')
    .option('--json', 'print JSON')
    .action(({ json }: { json?: boolean }) =>
      withDatabase(async (database, modules) => {
        const states = await migrationStates(database, modules)
        table(stateRows(states), { json, empty: 'The project has no migrations.' })
        if (states.some((state) => !state.executed_at)) process.exitCode = 2
      }),
    )
  db.command('generate')
    .description('print a migration that creates the tables of a module')
    .argument('<module>', 'name of the module')
    .argument('[tables...]', 'names of tables (default: all)')
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
    .description('compare the tables with the models; exits with code 2 if they differ')
    .option('--json', 'print JSON')
    .action(({ json }: { json?: boolean }) =>
      withDatabase(async (database, modules) => {
        const differences = await modelDifferences(database, modules)
        table(differences, { json, empty: 'The tables match the models.' })
        if (differences.length > 0) process.exitCode = 2
      }),
    )
}

const stateRows = (states: { schema: string; migration: string; executed_at: string | null }[]) =>
  states.map((state) => ({ ...state, executed_at: state.executed_at ?? 'pending' }))

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
