import { join } from 'node:path'
import { Connection } from '@temporalio/client'
import pg from 'pg'
import { ulid } from 'ulid'
import { loadConfig } from '../../framework/config.ts'
import { createLogger } from '../../framework/log.ts'
import { type Stack, startStack } from '../../framework/stack/index.ts'
import { until } from '../../framework/stack/process.ts'
import { forgetWorkflows } from '../../framework/stack/temporal.ts'

declare global {
  var turriStack: Stack | undefined
}

/** Starts the stack of all tests, in a folder of its own, on free ports. */
export default async function setUp({ maxWorkers }: { maxWorkers: number } = { maxWorkers: 1 }): Promise<void> {
  await bringUp(join('.turri', 'test'), maxWorkers)
}

/** Starts a stack for `createWorld()`, also outside of jest. */
export async function bringUp(home: string, maxWorkers = 1): Promise<Stack> {
  const env = { ...process.env, TURRI_HOME: home, LOG_LEVEL: 'warn', NODE_ENV: 'test' }
  const config = loadConfig(env)
  forgetWorkflows(config.home) // request keys of an earlier run must not be found
  config.temporal.server.port ??= 0
  config.temporal.server.uiPort ??= 0
  process.env.TURRI_POSTGRES_PORT ??= '0'
  const stack = await startStack({
    config,
    log: createLogger({ level: 'warn' }),
    report: (line) => process.stderr.write(`${line}\n`),
  })
  globalThis.turriStack = stack
  await Promise.all([makeReady(stack), registerNamespaces(stack.temporalAddress, maxWorkers)])
  Object.assign(process.env, stack.env, { TURRI_HOME: env.TURRI_HOME, TEST_RUN: ulid() })
  return stack
}

/** Drops the databases of an earlier run. Our own Postgres does not wait for the disk, because no test crashes the machine. */
async function makeReady({ databaseUrl, postgres }: Stack): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  if (postgres) {
    await client.query('alter system set fsync = off')
    await client.query('select pg_reload_conf()')
  }
  const { rows } = await client.query<{ datname: string }>(
    `select datname from pg_database where datname like 'test\\_%'`,
  )
  for (const { datname } of rows) await client.query(`drop database if exists ${datname} with (force)`)
  await client.end()
}

/** One namespace per jest worker, so that concurrent test files do not join each other's changes. */
async function registerNamespaces(address: string, count: number): Promise<void> {
  const connection = await Connection.connect({ address })
  const { workflowService } = connection
  for (let worker = 1; worker <= count; worker++) {
    const namespace = `test-${worker}`
    const workflowExecutionRetentionPeriod = { seconds: 86_400 } as never
    await workflowService.registerNamespace({ namespace, workflowExecutionRetentionPeriod })
    await until(
      () => workflowService.listWorkflowExecutions({ namespace, pageSize: 1 }).then(() => {}),
      `the namespace ${namespace}`,
    )
  }
  await connection.close()
}
