/** `turri dev`: the whole stack in one command, restarted when a file changes. */
import { watch } from 'node:fs'
import type { Command } from 'commander'
import { openDatabase } from '../../framework/database.ts'
import type { Logger } from '../../framework/log.ts'
import { migrate } from '../../framework/migrate.ts'
import { Problem } from '../../framework/problem.ts'
import { type Stack, startStack } from '../../framework/stack/index.ts'
import { choosePort } from '../../framework/stack/process.ts'
import { type Child, startChild } from '../child.ts'
import { Closing, loadProject, onStopSignal, openBase } from '../context.ts'
import { addUserTo, firstLogin, hasNoUsers } from '../first-admin.ts'
import { facts, note, pc } from '../print.ts'

export function addDevCommand(program: Command): void {
  program
    .command('dev')
    .description('start Postgres, Temporal, API and worker, run migrations, and restart when a file changes')
    .option('-p, --port <port>', 'port of the API (default: 9000, or a free one)')
    .option('--no-watch', 'do not restart when a file changes')
    .action(dev)
}

const SOURCE = /\.(ts|js|json|yaml)$/
const NOT_SOURCE = /(^|[\\/])(node_modules|dist|\.turri|\.git|test)([\\/]|$)/
const SETTLE_MS = 150

async function dev({ port, watch: watches }: { port?: string; watch: boolean }): Promise<void> {
  const started = Date.now()
  const { config, log } = openBase()
  const closing = new Closing()
  let stopping = false
  onStopSignal(() => {
    note('stopping')
    stopping = true
    return closing.close()
  })
  try {
    // Chosen before Temporal starts, because its web UI needs the address of the codec endpoint.
    const apiPort = await choosePort(port === undefined ? config.port : Number(port), 9000, 'the HTTP API')
    const codecEndpoint = config.keys.length > 0 && `http://${config.host}:${apiPort}/codec`
    const options = { config, log, report: note, ...(codecEndpoint && { codecEndpoint }) }
    const stack = await closing.opening(startStack(options), (opened) => opened.stop())
    await migrateDatabase(stack.databaseUrl, log)
    const env = { ...stack.env, PORT: String(apiPort) }
    let child = await startChild(['start'], env)
    closing.add(() => child.stop())
    const login = await firstAdmin(stack, log)
    console.log(
      `\n${pc.green('Turritopsis is ready')} ${pc.dim(`(${((Date.now() - started) / 1000).toFixed(1)} s)`)}\n`,
    )
    facts({
      API: child.url,
      'API page': `${child.url}/docs`,
      Temporal: stack.temporalUiUrl ?? stack.temporalAddress,
      Database: stack.databaseUrl,
      ...login,
    })
    console.log(pc.dim('\n  Ctrl-C stops everything.\n'))
    keepAlive(
      () => (stopping ? undefined : child),
      async () => {
        child = await startChild(['start'], env)
      },
    )
    if (watches) {
      const stopWatching = onChange(async () => {
        note('a file has changed, restarting')
        await child.stop() // keepAlive starts the next one
      })
      closing.add(async () => stopWatching())
    }
  } catch (error) {
    await closing.close()
    throw error
  }
}

async function migrateDatabase(url: string, log: Logger): Promise<void> {
  const db = openDatabase({ url, max: 2, log })
  const ran = await migrate(db, (await loadProject()).modules)
  await db.destroy()
  if (ran.length > 0) note(`ran ${ran.length} migration(s)`)
}

/** Creates a user if there is none. @returns the login to print. */
async function firstAdmin(stack: Stack, log: Logger): Promise<Record<string, string>> {
  if (!(await hasNoUsers(stack.databaseUrl, await loadProject(), log))) return {}
  const login = firstLogin()
  try {
    await withRetries(() => addUserTo({ ...process.env, ...stack.env }, login))
  } catch (error) {
    note(`${(error as Error).message}; create a user with \`turri user create\``)
    return {}
  }
  const isFromEnv = Boolean(process.env.TURRI_ADMIN_PASSWORD)
  const password = isFromEnv ? 'see TURRI_ADMIN_PASSWORD' : `${login.password} ${pc.dim('(shown only once)')}`
  return { 'Log in as': login.email, Password: password }
}

/** Three attempts, unless it is refused: processes that have just started may not answer yet. */
async function withRetries(work: () => Promise<void>, retries = 2): Promise<void> {
  try {
    await work()
  } catch (error) {
    if (retries === 0 || error instanceof Problem) throw error
    await new Promise((resolve) => setTimeout(resolve, 1000))
    await withRetries(work, retries - 1)
  }
}

/** Restarts the process whenever it ends, until `current` returns undefined. */
function keepAlive(current: () => Child | undefined, start: () => Promise<void>): void {
  current()?.process.once('exit', async () => {
    while (current()) {
      try {
        await start()
        return keepAlive(current, start)
      } catch (error) {
        note(`${(error as Error).message}; retrying in 5 s`)
        await new Promise((resolve) => setTimeout(resolve, 5000))
      }
    }
  })
}

function onChange(react: () => Promise<void>): () => void {
  let timer: NodeJS.Timeout | undefined
  const watcher = watch('.', { recursive: true }, (_, file) => {
    if (!file || !SOURCE.test(file) || NOT_SOURCE.test(file)) return
    clearTimeout(timer)
    timer = setTimeout(() => void react(), SETTLE_MS)
  })
  return () => watcher.close()
}
