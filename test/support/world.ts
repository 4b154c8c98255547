/** The world of a test file: a worker on its own task queue, its own database, and the app without a port. */
import type { Client, WorkflowHandleWithFirstExecutionRunId } from '@temporalio/client'
import { NativeConnection } from '@temporalio/worker'
import pg from 'pg'
import { ulid } from 'ulid'
import { type Config, loadConfig } from '../../framework/config.ts'
import { type Database, openDatabase } from '../../framework/database.ts'
import type { Router } from '../../framework/http/router.ts'
import { createLogger, type Logger } from '../../framework/log.ts'
import type { Project } from '../../framework/project.ts'
import { createRunner, type Runner } from '../../framework/run.ts'
import { createClient } from '../../framework/temporal/client.ts'
import { parseKeys } from '../../framework/temporal/keys.ts'
import { installRuntime } from '../../framework/temporal/runtime.ts'
import type { ChangeWorkflow } from '../../framework/workflow/change.ts'
import { core } from '../../index.ts'
import { directus } from '../../modules/cms/directus.ts'
import { cms } from '../../modules/cms/index.ts'
import { assembleApi } from '../../server.ts'
import { startWorker, type WorkerProcess } from '../../worker.ts'
import { type FakeCms, startFakeCms } from './fake-cms.ts'
import { signIn } from './sign-in.ts'
import { migratedDatabase } from './template.ts'

export interface World {
  config: Config
  databaseUrl: string
  client: Client
  connection: NativeConnection
  project: Project
  cms: FakeCms
  runner: Runner
  app: Router
  /** Runs a workflow like the API and returns its answer; refusals are thrown as problems. */
  run<W extends ChangeWorkflow>(workflow: W, input: Parameters<W>[0], id?: string): Promise<Awaited<ReturnType<W>>>
  /** Starts a workflow without waiting for it. */
  start(workflow: ChangeWorkflow, input: unknown, id?: string): Promise<WorkflowHandleWithFirstExecutionRunId>
  /** The bearer token of the administrator. */
  token(): Promise<string>
  /** Sends a request to the app; default `authorization`: the administrator's; '' for none. */
  request(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>
  /** Every statement of reads so far, except those that check the sender of a request. */
  statements: string[]
  sql<R = Record<string, unknown>>(text: string, values?: unknown[]): Promise<R[]>
  stop(): Promise<void>
}

export interface Answer {
  status: number
  // biome-ignore lint/suspicious/noExplicitAny: bodies have any shape
  body: any
  headers: Headers
}

export interface WorldOptions {
  /** Creates the project to test; default: the core with the fake CMS */
  project?: (core: Project) => Project
  /** Module → suffix of its task queue, so that its steps run as normal activities. */
  moduleTaskQueues?: Record<string, string>
  /** Whether a worker runs in this process; default: true */
  worker?: boolean
  log?: Logger
  /** Overrides TURRI_ENCRYPTION_KEY; '' for none. */
  keys?: string
  /** The address of Temporal's user interface. */
  temporalUiUrl?: string
}

/** A generous time limit for everything, so that no test fails because the machine is busy. */
const PATIENCE_MS = 170_000

/** Creates a world. Call `stop()` in `afterAll`. */
export async function createWorld(options: WorldOptions = {}): Promise<World> {
  const log = options.log ?? createLogger({ level: process.env.TEST_LOG_LEVEL ?? 'silent' })
  installRuntime(log)
  const fakeCms = await startFakeCms()
  const config = loadConfig()
  if (options.keys !== undefined) config.keys = parseKeys(options.keys)
  if (options.temporalUiUrl) config.temporalUiUrl = options.temporalUiUrl
  config.temporal.worker.taskQueue = `test-${ulid()}`
  const namespace = `test-${process.env.JEST_WORKER_ID ?? '1'}`
  config.temporal.connect.namespace = namespace
  config.temporal.worker.moduleTaskQueues = queues(config, options.moduleTaskQueues)
  const base = core()
  const modules = [...base.modules.filter(({ name }) => name !== 'cms'), cms.with({ provider: directus(fakeCms) })]
  const withFake = { ...base, schedules: [], modules: modules }
  const project = options.project?.(withFake) ?? withFake
  const databaseUrl = await migratedDatabase(config.databaseUrl!, project.modules)
  const connection = await NativeConnection.connect({ address: config.temporal.connect.address! })
  const client = createClient(connection, config)
  const workerOptions = { project, config, databaseUrl, connection, log, setUpWaitMs: PATIENCE_MS }
  const worker = options.worker === false ? undefined : await startWorker(workerOptions)
  await worker?.setUp
  const runner = createRunner({
    client,
    taskQueue: config.temporal.worker.taskQueue,
    eager: worker !== undefined,
    digest: config.digest,
    maxChanges: 64,
    waitMs: PATIENCE_MS,
  })
  const statements: string[] = []
  const onStatement = (text: string) => {
    if (!text.includes('from "user"."user"')) statements.push(text)
  }
  const readDb = openDatabase({ url: databaseUrl, max: 4, readOnly: true, timeoutMs: PATIENCE_MS, log, onStatement })
  const state = { draining: false }
  const app = assembleApi({ project, config, client, db: readDb, runner, log, state, by: 'a test' })
  const sqlPool = new pg.Pool({ connectionString: databaseUrl, max: 2 })
  sqlPool.on('error', () => {})
  const sql: World['sql'] = async (text, values) => (await sqlPool.query(text, values)).rows as never
  let signedIn: Promise<string> | undefined
  const token = () => {
    signedIn ??= signIn(config, sql, worker ? runner : undefined)
    return signedIn
  }
  return {
    config,
    databaseUrl,
    client,
    connection,
    project,
    cms: fakeCms,
    runner,
    app,
    run: async <W extends ChangeWorkflow>(
      workflow: W,
      input: Parameters<W>[0],
      id?: string,
    ): Promise<Awaited<ReturnType<W>>> => {
      const outcome = await runner.run(workflow, input, { ...(id && { id }) })
      if (outcome.state !== 'done') throw new Error(`${outcome.workflowId} is still running`)
      return outcome.answer
    },
    start: (workflow, input, id) =>
      client.workflow.start(workflow.name, {
        taskQueue: config.temporal.worker.taskQueue,
        workflowId: id ?? `${workflow.name}/${ulid()}`,
        args: [input],
        workflowTaskTimeout: '2s',
      }),
    statements,
    token,
    request: async (method, path, body, headers) =>
      request(app, method, path, body, { authorization: `Bearer ${await token()}`, ...headers }),
    sql,
    stop: () => stop({ worker, connection, readDb, sqlPool, fakeCms }),
  }
}

async function request(app: Router, method: string, path: string, body?: unknown, headers = {}): Promise<Answer> {
  const response = await app.request(path, {
    method,
    headers: { ...(body !== undefined && { 'content-type': 'application/json' }), ...headers },
    ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  })
  const text = await response.text()
  const isJson = response.headers.get('content-type')?.includes('json')
  return { status: response.status, body: isJson ? JSON.parse(text) : text, headers: response.headers }
}

interface Parts {
  worker: WorkerProcess | undefined
  connection: NativeConnection
  readDb: Database
  sqlPool: pg.Pool
  fakeCms: FakeCms
}

async function stop({ worker, connection, readDb, sqlPool, fakeCms }: Parts): Promise<void> {
  await worker?.stop()
  await connection.close()
  await Promise.all([readDb.destroy(), sqlPool.end(), fakeCms.stop()])
}

function queues(config: Config, suffixes: Record<string, string> = {}): Record<string, string> {
  const { taskQueue } = config.temporal.worker
  return Object.fromEntries(Object.entries(suffixes).map(([module, suffix]) => [module, `${taskQueue}-${suffix}`]))
}
