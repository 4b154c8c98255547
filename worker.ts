/** The worker process: config → database → modules → activities → Worker → schedules. */
import type { Client } from '@temporalio/client'
import { type NativeConnection, Worker, type WorkerOptions } from '@temporalio/worker'
import { type ActivityTable, createActivities } from './framework/activities/define.ts'
import { stepInterceptor } from './framework/activities/step-context.ts'
import type { Config } from './framework/config.ts'
import { openDatabase } from './framework/database.ts'
import { loadSubscriptions } from './framework/events/subscriptions.ts'
import { createLinkColumns } from './framework/link/links-of-rows.ts'
import type { Logger } from './framework/log.ts'
import { migrationStates } from './framework/migrate.ts'
import type { Project } from './framework/project.ts'
import { createRunner } from './framework/run.ts'
import { workflowBundle } from './framework/temporal/bundle.ts'
import { asActor, createClient } from './framework/temporal/client.ts'
import { dataConverterOf } from './framework/temporal/data-converter.ts'
import { reconcileSchedules } from './framework/temporal/schedules.ts'
import { createQuery } from './query/index.ts'

export interface WorkerProcess {
  /** Finishes running tasks, then closes. */
  stop: () => Promise<void>
  /** Rejects if a worker ends by itself. */
  ended: Promise<void>
  /** Resolves when the set-up workflows are done or `setUpWaitMs` is over; rejects if one is refused or fails. */
  setUp: Promise<void>
}

export interface WorkerProcessOptions {
  project: Project
  config: Config
  databaseUrl: string
  connection: NativeConnection
  log: Logger
  /** The task queues to poll; default: all */
  queues?: string[]
  /** How long `setUp` waits for the set-up workflows, which continue after that; default: 5 s */
  setUpWaitMs?: number
}

/** Starts the workers of a project: one for the workflows, and one for each module with a task queue of its own. */
export async function startWorker(options: WorkerProcessOptions): Promise<WorkerProcess> {
  const { project, config, log, connection } = options
  const settings = config.temporal.worker
  // A local activity uses a connection while it runs, so more slots than connections would only queue in the pool.
  const max = settings.maxConcurrentLocalActivityExecutions + MODULE_CONNECTIONS
  const db = openDatabase({ url: options.databaseUrl, max, journalKey: config.digest('journal'), log })
  await refuseOldSchema(options, db)
  const client = createClient(connection, config)
  const { modules } = project
  const subscriptions = await loadSubscriptions(project.subscribers)
  const query = createQuery(db, modules, project.links)
  const { keepDays, secrets } = config
  const linkColumnsOf = createLinkColumns(modules, project.links)
  const { taskQueue, moduleTaskQueues } = settings
  const queues = { taskQueue, moduleTaskQueues }
  const deps = { db, modules, client, ...queues, subscriptions, keepDays, query, secrets, linkColumnsOf }
  const activities = createActivities(deps, project.activities)
  const workers = await Promise.all(
    Object.entries(await workersOf(options, activities))
      .filter(([queue]) => !options.queues || options.queues.includes(queue))
      .map(([, workerOptions]) => Worker.create(workerOptions)),
  )
  const runs = Promise.all(workers.map((worker) => worker.run())).then(() => {})
  runs.catch((error) => log.fatal({ err: error }, 'a worker ended'))
  await reconcileSchedules(client, project.schedules, settings.taskQueue, log)
  log.info({ queues: workers.map((worker) => worker.options.taskQueue) }, 'the worker polls')
  const ownsWorkflows = !options.queues || options.queues.includes(settings.taskQueue)
  const setUp = ownsWorkflows ? asActor('set-up', () => setUpShop(options, client)) : Promise.resolve()
  setUp.catch((error) => log.error({ err: error }, 'a set-up workflow failed'))
  return {
    ended: runs,
    setUp,
    stop: async () => {
      for (const worker of workers) if (worker.getState() === 'RUNNING') worker.shutdown()
      await runs.catch(() => {})
      await db.destroy()
    },
  }
}

/** Runs the set-up workflows, or joins those that another worker has started. */
async function setUpShop(
  { project, config, log, setUpWaitMs: waitMs = 5000 }: WorkerProcessOptions,
  client: Client,
): Promise<void> {
  const { taskQueue } = config.temporal.worker
  const { digest } = config
  const maxChanges = project.setUps.length
  const runner = createRunner({ client, taskQueue, eager: true, digest, maxChanges, waitMs })
  const settingUp = project.setUps.map(async (workflow) => {
    const { state, workflowId } = await runner.run(workflow, { shop: taskQueue })
    if (state === 'running') log.warn({ workflowId }, 'a set-up workflow is still running')
  })
  await Promise.all(settingUp)
}

const MODULE_CONNECTIONS = 4

async function refuseOldSchema({ project }: WorkerProcessOptions, db: Parameters<typeof migrationStates>[0]) {
  const pending = (await migrationStates(db, project.modules)).filter((state) => !state.executed_at)
  if (pending.length === 0) return
  await db.destroy()
  const names = pending.map((state) => `${state.schema}/${state.migration}`).join(', ')
  throw new Error(`The database lacks ${pending.length} migration(s): ${names}. Run \`turri db migrate\`.`)
}

/** The options of each worker, by task queue. */
async function workersOf(
  { project, config, connection, log }: WorkerProcessOptions,
  activities: ActivityTable,
): Promise<Record<string, WorkerOptions>> {
  const { taskQueue, moduleTaskQueues, ...settings } = config.temporal.worker
  const modulesOn: Record<string, string[]> = { [taskQueue]: [] }
  for (const name of Object.keys(activities.byModule)) {
    const queue = moduleTaskQueues[name] ?? taskQueue
    modulesOn[queue] = [...(modulesOn[queue] ?? []), name]
  }
  const codePath = await workflowBundle({
    entries: [project.workflows, ...(project.subscribers ? [project.subscribers] : [])],
    ...(project.hooks && { hooks: project.hooks }),
    queueByMethod: queueByMethod(activities, moduleTaskQueues),
    encrypted: config.keys.length > 0,
    cache: `${config.home}/bundles`,
    log,
  })
  return Object.fromEntries(
    Object.entries(modulesOn).map(([queue, names]) => {
      const isMain = queue === taskQueue
      const table = Object.assign(
        {},
        isMain ? activities.framework : {},
        ...names.map((name) => activities.byModule[name]),
      )
      const options: WorkerOptions = {
        ...(settings as Partial<WorkerOptions>),
        connection,
        namespace: config.temporal.connect.namespace,
        taskQueue: queue,
        dataConverter: dataConverterOf(config),
        activities: table,
        interceptors: { activity: [stepInterceptor] },
        stickyQueueScheduleToStartTimeout: '2s', // then the tasks of a dead worker go to another
        ...(isMain && { workflowBundle: { codePath } }),
      }
      return [queue, options]
    }),
  )
}

function queueByMethod(activities: ActivityTable, moduleTaskQueues: Record<string, string>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(moduleTaskQueues).flatMap(([module, queue]) =>
      Object.keys(activities.byModule[module] ?? {}).map((method) => [method, queue]),
    ),
  )
}
