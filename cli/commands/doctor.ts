/** `turri doctor`: checks of the environment. */
import { existsSync } from 'node:fs'
import type { Command } from 'commander'
import pg from 'pg'
import { loadConfig } from '../../framework/config.ts'
import { openDatabase } from '../../framework/database.ts'
import { createLogger } from '../../framework/log.ts'
import { migrationStates } from '../../framework/migrate.ts'
import { runningStackEnv } from '../../framework/stack/index.ts'
import { cachedPath, isAtLeast, OLDEST_SERVER, which } from '../../framework/stack/temporal-binary.ts'
import { loadProject, openClient } from '../context.ts'
import { pc, table } from '../print.ts'

interface FindOptions {
  check: string
  ok: boolean
  message: string
}

export function addDoctorCommand(program: Command): void {
  program
    .command('doctor')
    .description('check the environment and suggest fixes; exits with code 1 if a check fails')
    .option('--json', 'print JSON')
    .action(doctor)
}

async function doctor({ json }: { json?: boolean }): Promise<void> {
  const findings: FindOptions[] = []
  for (const check of [node, configuration, project, postgres, migrations, temporal])
    findings.push(await examine(check))
  if (json) table(findings as never, { json, empty: '' })
  else
    for (const { check, ok, message } of findings)
      console.log(`${ok ? pc.green('✓') : pc.red('✗')} ${check}: ${message}`)
  if (findings.some(({ ok }) => !ok)) process.exitCode = 1
}

async function examine(check: () => Promise<string>): Promise<FindOptions> {
  try {
    return { check: check.name, ok: true, message: await check() }
  } catch (error) {
    return { check: check.name, ok: false, message: (error as Error).message }
  }
}

const OLDEST_NODE = '20.19'

async function node(): Promise<string> {
  if (isAtLeast(process.versions.node, OLDEST_NODE)) return process.versions.node
  throw new Error(`${process.versions.node} is too old: install Node ${OLDEST_NODE} or newer`)
}

function config() {
  const { home } = loadConfig()
  return loadConfig({ ...runningStackEnv(home), ...process.env })
}

async function configuration(): Promise<string> {
  config()
  return existsSync('temporal.yaml')
    ? 'the environment and temporal.yaml are valid'
    : 'no temporal.yaml, using defaults'
}

async function project(): Promise<string> {
  const { modules, schedules } = await loadProject()
  return `${modules.length} modules (${modules.map(({ name }) => name).join(', ')}), ${schedules.length} schedule(s)`
}

async function postgres(): Promise<string> {
  const { databaseUrl } = config()
  if (!databaseUrl) return 'none configured: `turri dev` starts an embedded one'
  const client = new pg.Client({ connectionString: databaseUrl, connectionTimeoutMillis: 3000 })
  client.on('error', () => {})
  try {
    await client.connect()
    const { rows } = await client.query<{ server_version: string }>('show server_version')
    return `answers, version ${rows[0]!.server_version}`
  } catch (error) {
    throw new Error(`${new URL(databaseUrl).host} does not answer (${(error as Error).message}): check DATABASE_URL`)
  } finally {
    await client.end().catch(() => {})
  }
}

async function migrations(): Promise<string> {
  const { databaseUrl } = config()
  if (!databaseUrl) return 'no database configured'
  const db = openDatabase({ url: databaseUrl, max: 1, log: createLogger({ level: 'silent' }) })
  try {
    const states = await migrationStates(db, (await loadProject()).modules)
    const pending = states.filter((state) => !state.executed_at).length
    if (pending > 0) throw new Error(`${pending} of ${states.length} are pending: run \`turri db migrate\``)
    return `all ${states.length} are done`
  } finally {
    await db.destroy()
  }
}

async function temporal(): Promise<string> {
  const base = { config: config(), log: createLogger({ level: 'silent' }) }
  const { address } = base.config.temporal.connect
  if (!address) return temporalOfDev()
  const { client, close } = await openClient(base)
  try {
    const { serverVersion = '0' } = await client.workflowService.getSystemInfo({})
    if (!isAtLeast(serverVersion, OLDEST_SERVER)) {
      throw new Error(`${address} is version ${serverVersion}: ${OLDEST_SERVER} or newer is needed`)
    }
    return `answers at ${address}, version ${serverVersion}`
  } finally {
    await close()
  }
}

function temporalOfDev(): string {
  const installed = which('temporal')
  if (installed) return `none configured: \`turri dev\` starts ${installed}`
  if (existsSync(cachedPath())) return 'none configured: `turri dev` starts the cached binary'
  if (which('go')) return 'none configured: `turri dev` downloads the CLI, or builds it with Go (once, about 3 minutes)'
  return 'none configured: `turri dev` downloads the CLI; without internet, install Go or the Temporal CLI'
}
