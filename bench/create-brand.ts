/**
 * What a change of one step costs, from HTTP to answer, beside an empty workflow: one client, one request after the other.
 *
 *   npm run bench:change                 brings a stack of its own up, with API and worker in one process
 *   npm run bench:change -- --count 500  how many requests. default: 200, after 30 to warm up
 *
 * With TURRI_ENCRYPTION_KEY what Temporal stores is encrypted, as in production: TURRI_ENCRYPTION_KEY=$(npm run --silent turri -- key new)
 */
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { startChild } from '../cli/child.ts'
import { loadProject, openBase } from '../cli/context.ts'
import { addUserTo, firstLogin, logIn } from '../cli/first-admin.ts'
import { openDatabase } from '../framework/database.ts'
import { migrate } from '../framework/migrate.ts'
import { startStack } from '../framework/stack/index.ts'
import { builtProject } from './built.ts'
import { cpuMsOf } from './measure.ts'
import { postOneByOne, type Shop } from './one-client.ts'

process.env.TURRI_HOME ??= '.turri/bench'
process.env.TURRI_POSTGRES_PORT ??= '0'
process.env.LOG_LEVEL ??= 'warn'
const { values } = parseArgs({ options: { count: { type: 'string', default: '200' } } })
const count = Number(values.count)

const { config, log } = openBase()
const { turri, cwd } = builtProject(config.home)
Object.assign(config.temporal.server, { port: 0, uiPort: 0 })
const stack = await startStack({ config, log, report: (line) => console.error(line) })
try {
  const db = openDatabase({ url: stack.databaseUrl, max: 2, log })
  await migrate(db, (await loadProject()).modules)
  await db.destroy()
  const child = await startChild(
    ['start'],
    { ...stack.env, PORT: '0', LOG_LEVEL: 'warn', TURRI_HOME: resolve(config.home) },
    turri,
    cwd,
  )
  try {
    const login = { ...firstLogin(), email: `bench-${Date.now()}@turritopsis.test` }
    await addUserTo({ ...process.env, ...stack.env }, login)
    const shop = { url: child.url!, token: await logIn(child.url!, login) }
    await measure(shop, {
      'API and worker': child.pid,
      Temporal: stack.temporal?.pid(),
      Postgres: stack.postgres?.pid(),
    })
  } finally {
    await child.stop()
  }
} finally {
  await stack.stop()
}

async function measure(shop: Shop, pids: Record<string, number | undefined>): Promise<void> {
  const nothing = await postOneByOne(shop, '/admin/nothing', count, () => ({}))
  const before = Object.entries(pids).map(([name, pid]) => ({ name, pid, ms: pid ? cpuMsOf(pid) : 0 }))
  const brand = await postOneByOne(shop, '/admin/brands', count, (n) => ({ name: `Bench ${process.pid} ${n}` }))
  const encrypted = config.keys.length > 0 ? 'encrypted' : 'not encrypted'
  console.log(`${count} requests, one after the other, API and worker in one process, ${encrypted}`)
  for (const { what, ms } of [nothing, brand]) console.log(`  ${what}: p50 ${ms.p50} ms, p95 ${ms.p95} ms`)
  for (const { name, pid, ms } of before) {
    if (pid)
      console.log(`  CPU per brand, ${name}: ${((cpuMsOf(pid) - ms) / count).toFixed(1)} ms, its warm-up included`)
  }
}
