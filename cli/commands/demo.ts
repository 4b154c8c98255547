/** `turri demo`: a sync of brands, with a refusing CMS and a killed worker, and a shop. */
import { join } from 'node:path'
import type { Command } from 'commander'
import { loadConfig } from '../../framework/config.ts'
import { openDatabase } from '../../framework/database.ts'
import { createLogger } from '../../framework/log.ts'
import { migrate } from '../../framework/migrate.ts'
import { type Stack, startStack } from '../../framework/stack/index.ts'
import { createDatabase } from '../../framework/stack/postgres.ts'
import { forgetWorkflows } from '../../framework/stack/temporal.ts'
import { type FakeCms, startFakeCms } from '../../test/support/fake-cms.ts'
import { startChild } from '../child.ts'
import { Closing, loadProject, onStopSignal } from '../context.ts'
import { type DemoShop, playDemo } from '../demo/play.ts'
import { addUserTo, firstLogin, logIn } from '../first-admin.ts'
import { facts, note, pc } from '../print.ts'

export function addDemoCommand(program: Command): void {
  program
    .command('demo')
    .description(
      'start everything, sync brands to a CMS that refuses, kill the worker, seed a shop, and report the results',
    )
    .option('--exit', 'exit when done (default: keep everything running)')
    .action(demo)
}

async function demo({ exit }: { exit?: boolean }): Promise<void> {
  const closing = new Closing()
  onStopSignal(() => closing.close())
  try {
    const isAllWell = await playDemo(await openShop(closing))
    if (!isAllWell) process.exitCode = 1
    if (exit) return
    console.log(pc.dim('\n  Everything keeps running. Ctrl-C stops it.\n'))
    await new Promise(() => {})
  } finally {
    await closing.close()
  }
}

/** An empty shop: stack, API, worker, and a fake CMS that can misbehave. */
async function openShop(closing: Closing): Promise<DemoShop> {
  const env = { ...process.env, TURRI_HOME: join(process.env.TURRI_HOME ?? '.turri', 'demo') }
  const config = loadConfig(env)
  const log = createLogger({ level: 'warn', pretty: true })
  forgetWorkflows(config.home)
  note('starting Postgres and Temporal')
  const stack = await closing.opening(startStack({ config, log, report: note }), (opened) => opened.stop())
  const cms = await closing.opening(startFakeCms(), (opened) => opened.stop())
  const databaseUrl = await freshDatabase(stack, log)
  const childEnv = { ...env, ...stack.env, DATABASE_URL: databaseUrl, ...cmsEnv(cms), LOG_LEVEL: 'error' }
  const start = (command: string) => closing.opening(startChild([command], childEnv), (child) => child.stop())
  note('starting the API and the worker as two processes')
  const [worker, server] = await Promise.all([start('worker'), start('server')])
  const login = firstLogin()
  await addUserTo(childEnv, login)
  facts({
    API: `${server.url}/docs`,
    Temporal: stack.temporalUiUrl ?? stack.temporalAddress,
    CMS: cms.url,
    'Log in as': login.email,
    Password: login.password,
  })
  const token = await logIn(server.url!, login)
  return {
    url: server.url!,
    token,
    temporalUiUrl: stack.temporalUiUrl,
    cms,
    worker,
    startWorker: () => start('worker'),
  }
}

async function freshDatabase(stack: Stack, log: ReturnType<typeof createLogger>): Promise<string> {
  const url = await createDatabase(stack.databaseUrl, `demo_${Date.now()}`)
  const db = openDatabase({ url, max: 2, log })
  await migrate(db, (await loadProject()).modules)
  await db.destroy()
  return url
}

const cmsEnv = (cms: FakeCms) => ({ CMS_URL: cms.url, CMS_TOKEN: cms.token, CMS_COLLECTION: 'brands' })
