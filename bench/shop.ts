/**
 * A shop under load: the scripts of `../shared/bench`, which speak only the public HTTP API, against a server of our own.
 *
 *   npm run bench                                  seeds 200 products, then list, product, admin-create, admin-batch
 *   npm run bench -- --products 10000 list product other jobs, other sizes
 *
 * A line of JSON for each figure, then the rows of docs/figures.md that this run can say something about. SECONDS, WARM and LEVELS are handed on to the scripts;
 * TURRI_BENCH_SCRIPTS names their folder where it is another. What Temporal stores is encrypted, as in production.
 */
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import pg from 'pg'
import { startChild } from '../cli/child.ts'
import { connectTemporal, loadProject, openBase } from '../cli/context.ts'
import { addUserTo, firstLogin, logIn } from '../cli/first-admin.ts'
import { openDatabase } from '../framework/database.ts'
import { migrate } from '../framework/migrate.ts'
import { createRunner } from '../framework/run.ts'
import { startStack } from '../framework/stack/index.ts'
import { createDatabase } from '../framework/stack/postgres.ts'
import { createClient } from '../framework/temporal/client.ts'
import { newKey } from '../framework/temporal/keys.ts'
import { assembleApi } from '../server.ts'
import { builtProject } from './built.ts'
import { limitsOfReads, type Statement } from './limit.ts'
import { cpuMsOf, memoryMiBOf } from './measure.ts'
import { postOneByOne } from './one-client.ts'
import { type Line, summaryOf } from './summary.ts'

process.env.TURRI_HOME ??= '.turri/bench'
process.env.TURRI_POSTGRES_PORT ??= '0'
process.env.LOG_LEVEL ??= 'warn'
process.env.TURRI_ENCRYPTION_KEY ??= newKey()
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { products: { type: 'string', default: '200' } },
})
const scripts = resolve(process.env.TURRI_BENCH_SCRIPTS ?? join('..', 'shared', 'bench'))
if (!existsSync(join(scripts, 'load.mjs')))
  throw new Error(`There is no load.mjs in ${scripts}: set TURRI_BENCH_SCRIPTS`)
const jobs = positionals.length > 0 ? positionals : ['list', 'product', 'admin-create', 'admin-batch']

/** Of one step, and of none. */
const CHANGES = 100

const lines: Line[] = []
const { config, log } = openBase()
const { turri, cwd } = builtProject(config.home)
Object.assign(config.temporal.server, { port: 0, uiPort: 0 })
const stack = await startStack({ config, log, report: (line) => console.error(line) })
try {
  const databaseUrl = await createDatabase(stack.databaseUrl, `bench_${Date.now()}`)
  const db = openDatabase({ url: databaseUrl, max: 2, log })
  await migrate(db, (await loadProject()).modules)
  await db.destroy()
  const env = { ...stack.env, DATABASE_URL: databaseUrl, PORT: '0', TURRI_TASK_QUEUE: `bench-${Date.now()}` }
  const childEnv = { ...env, LOG_LEVEL: 'warn', TURRI_HOME: resolve(config.home) }
  const starting = async (what: string) => {
    const started = performance.now()
    const child = await startChild(['start'], childEnv, turri, cwd)
    say({ what, ms: Math.round(performance.now() - started) })
    return child
  }
  const first = await starting('the first start, which may bundle the workflows')
  await first.stop()
  const child = await starting('spawn to ready')
  try {
    await measure(child.pid, child.url!, env, databaseUrl)
  } finally {
    await child.stop()
  }
} finally {
  await stack.stop()
}
console.log(summaryOf(lines))

async function measure(pid: number, url: string, env: Record<string, string>, databaseUrl: string): Promise<void> {
  const login = { ...firstLogin(), email: `bench-${Date.now()}@turritopsis.test` }
  await addUserTo({ ...process.env, ...env }, login)
  const given = {
    ...process.env,
    BASE_URL: url,
    ADMIN_EMAIL: login.email,
    ADMIN_PASSWORD: login.password,
    SEED_FILE: join(config.home, 'seed.json'),
    SERVER_PIDS: String(pid),
    PRODUCTS: values.products,
  }
  await run('seed.mjs', [], given)
  const processes = { 'API and worker': pid, Temporal: stack.temporal?.pid(), Postgres: stack.postgres?.pid() }
  for (const job of jobs) {
    const before = Object.entries(processes).map(([name, id]) => ({ name, id, ms: id ? cpuMsOf(id) : 0 }))
    const operations = await run('load.mjs', [job], given)
    const cpu = before.map(({ name, id, ms }) => [name, id ? +((cpuMsOf(id) - ms) / operations).toFixed(2) : null])
    say({
      what: `${job}: CPU ms per counted operation (the warm-up's is in the sum, its operations are not)`,
      ...Object.fromEntries(cpu),
    })
  }
  const shop = { url, token: await logIn(url, login) }
  say(await postOneByOne(shop, '/admin/nothing', CHANGES, () => ({})))
  say(await postOneByOne(shop, '/admin/brands', CHANGES, (n) => ({ name: `Bench ${n}` })))
  say({ what: 'memory of API and worker after load, MiB', rss: memoryMiBOf(pid) })
  say(await stepsPerProduct(databaseUrl))
  await limit(databaseUrl, given.SEED_FILE, env)
}

/** The API once more in this process, so that its statements can be seen and sent without it. */
async function limit(databaseUrl: string, seedFile: string, env: Record<string, string>): Promise<void> {
  Object.assign(process.env, env)
  const base = openBase()
  const connection = await connectTemporal(base)
  const statements: Statement[] = []
  const onStatement = (text: string, values: readonly unknown[]) => void statements.push({ text, values })
  const db = openDatabase({ url: databaseUrl, max: 2, readOnly: true, log, onStatement })
  const client = createClient(connection, base.config)
  const { taskQueue } = base.config.temporal.worker
  const runner = createRunner({ client, taskQueue, eager: false, digest: base.config.digest, maxChanges: 1 })
  const api = assembleApi({ ...base, project: await loadProject(), client, db, runner, state: { draining: false } })
  try {
    for (const line of await limitsOfReads({ databaseUrl, api, statements, seedFile })) say(line)
  } finally {
    await db.destroy()
    await connection.close()
  }
}

/** Runs one of the scripts, shows what it says, and counts the operations of it. */
function run(script: string, args: string[], env: NodeJS.ProcessEnv): Promise<number> {
  return new Promise((done, failed) => {
    const child = spawn(process.execPath, [join(scripts, script), ...args], {
      env,
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    let text = ''
    child.stdout.on('data', (chunk) => {
      text += chunk
      process.stdout.write(chunk)
    })
    child.once('error', failed)
    child.once('exit', (code) => {
      if (code !== 0) return failed(new Error(`${script} ended with ${code}`))
      const said = text
        .trim()
        .split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line))
      lines.push(...said)
      done(said.reduce((sum, { ok, ms }) => sum + (ok ?? ms?.n ?? 0), 0) || 1)
    })
  })
}

/** How many steps a change has, whatever it creates. */
async function stepsPerProduct(databaseUrl: string): Promise<Line> {
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  try {
    const { rows } = await client.query(`
      select split_part(workflow_id, '/', 1) as change, min(steps)::int as least, max(steps)::int as most, count(*)::int as changes
      from (select workflow_id, count(*) as steps from turri.receipt group by 1) as run group by 1 order by 1`)
    return {
      what: 'steps per change',
      ...Object.fromEntries(rows.map((row) => [row.change, `${row.least}-${row.most}`])),
    }
  } finally {
    await client.end()
  }
}

function say(line: Line): void {
  lines.push(line)
  console.log(JSON.stringify(line))
}
