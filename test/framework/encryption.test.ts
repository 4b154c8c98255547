/** What Temporal holds of a change, byte by byte, and what the API shows of it. */
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js'
import proto from '@temporalio/proto'
import { Worker } from '@temporalio/worker'
import { createLogger } from '../../framework/log.ts'
import { workflowBundle } from '../../framework/temporal/bundle.ts'
import { createClient } from '../../framework/temporal/client.ts'
import { dataConverterOf } from '../../framework/temporal/data-converter.ts'
import { createExecutions } from '../../framework/temporal/executions.ts'
import { parseKeys } from '../../framework/temporal/keys.ts'
import { reconcileSchedules } from '../../framework/temporal/schedules.ts'
import { startWorker, type WorkerProcess } from '../../worker.ts'
import { createWorld, type World } from '../support/index.ts'
import { keyNamed } from '../support/keys.ts'
import { eventually } from '../support/processes.ts'
import { tellerProject } from '../support/telling/module.ts'
import { type End, type Telling, tellEverywhere, tellSlowly } from '../support/telling/workflows.ts'

const [oldKey, newKey, otherKey] = [keyNamed('old'), keyNamed('new'), keyNamed('other')]
const log = createLogger({ level: 'silent' })
const { GetWorkflowExecutionHistoryResponse, DescribeWorkflowExecutionResponse, ListWorkflowExecutionsResponse } =
  proto.temporal.api.workflowservice.v1

const options = { project: () => tellerProject }
let world: World
let clearWorld: World
beforeAll(async () => {
  world = await createWorld({ ...options, keys: oldKey })
  clearWorld = await createWorld({ ...options, keys: '' })
})
afterAll(() => Promise.all([world.stop(), clearWorld.stop()]))

const TEXT = 'Ada Lovelace, 12 Recognisable Road'
const ENDS: End[] = [
  'done',
  'refused by the workflow',
  'refused here',
  'refused outside',
  'a bug in the workflow',
  'a bug here',
  'a bug outside',
]

/** Runs to its end what tells the text in input, steps, summary, output or failure, memo and metadata. */
async function tell({ client, config }: World, end: End, mark = 'first'): Promise<string> {
  const workflowId = `tell-everywhere/${end.replaceAll(' ', '-')}-${mark}-${config.temporal.worker.taskQueue}`
  const handle = await client.workflow.start<(input: Telling) => Promise<unknown>>(tellEverywhere.name, {
    taskQueue: config.temporal.worker.taskQueue,
    workflowId,
    args: [{ text: TEXT, end }],
    memo: { told: TEXT },
    staticSummary: TEXT,
    staticDetails: TEXT,
  })
  await handle.result().catch(() => {})
  return workflowId
}

/** All that Temporal gives out about a workflow, as it stands on the wire. */
async function storedOf({ client, config }: World, workflowId: string): Promise<Buffer> {
  const { namespace } = config.temporal.connect
  const execution = { workflowId }
  const service = client.workflowService
  const query = `WorkflowId = '${workflowId}'`
  const listed = async () => service.listWorkflowExecutions({ namespace, query })
  await eventually(async () => (await listed()).executions.length === 1, 'the workflow is listed')
  return Buffer.concat([
    GetWorkflowExecutionHistoryResponse.encode(
      await service.getWorkflowExecutionHistory({ namespace, execution }),
    ).finish(),
    DescribeWorkflowExecutionResponse.encode(
      await service.describeWorkflowExecution({ namespace, execution }),
    ).finish(),
    ListWorkflowExecutionsResponse.encode(await listed()).finish(),
  ])
}

/** Without what differs from run to run: ids, times, and lines of stack traces. */
const comparable = (value: unknown) =>
  JSON.parse(
    JSON.stringify(value)
      .replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}/g, '<uuid>')
      .replaceAll(/entry_[0-9A-Z]{26}/g, '<id>')
      .replaceAll(/test-[0-9A-Z]{26}/g, '<queue>')
      .replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+(Z|\+00:00)/g, '<time>'),
  )

test.each(ENDS)(
  'a change that ends "%s": Temporal holds nothing in clear, the API shows it as if it did',
  async (end) => {
    const [workflowId, clearId] = [await tell(world, end), await tell(clearWorld, end)]
    const [stored, storedInClear] = [await storedOf(world, workflowId), await storedOf(clearWorld, clearId)]
    expect(storedInClear.includes(TEXT)).toBe(true)
    expect(storedInClear.toString('latin1').split(TEXT).length).toBeGreaterThan(8)
    for (const part of [TEXT, 'Lovelace', 'Recognisable', Buffer.from(TEXT).toString('base64').slice(0, 20)]) {
      expect(stored.includes(part)).toBe(false)
    }
    const shown = await world.request('GET', `/admin/workflows-executions/${workflowId}`)
    const shownInClear = await clearWorld.request('GET', `/admin/workflows-executions/${clearId}`)
    expect(shown.status).toBe(200)
    expect(JSON.stringify(shown.body)).toContain(TEXT)
    expect(comparable(shown.body)).toEqual(comparable(shownInClear.body))
    if (end.startsWith('refused')) expect(shown.body.workflow_execution.state).toBe('reverted')
  },
)

test('lists know from the memo how a change ended, and repeated requests are told from others', async () => {
  const brand = { name: 'Encrypted' }
  const headers = { 'idempotency-key': 'a-key-of-16-chars-or-more' }
  const shop = await createWorld({ keys: oldKey, project: (core) => ({ ...core, setUps: [] }) })
  const first = await shop.request('POST', '/admin/brands', brand, headers)
  const again = await shop.request('POST', '/admin/brands', brand, headers)
  expect([again.status, again.headers.get('idempotent-replayed')]).toEqual([200, 'true'])
  expect(again.body).toEqual(first.body)
  const other = await shop.request('POST', '/admin/brands', { name: 'Other' }, headers)
  expect(other).toMatchObject({ status: 422, body: { code: 'IDEMPOTENCY_KEY_REUSED' } })
  expect((await shop.request('POST', '/admin/brands', brand)).status).toBe(400)
  await eventually(async () => {
    const { body } = await shop.request('GET', '/admin/workflows-executions?workflow_id=create-brands')
    return body.workflow_executions.map(({ state }: { state: string }) => state).join() === 'reverted,done'
  }, 'both are listed with their state')
  await shop.stop()
})

test('a history under encryption is replayed by the same code', async () => {
  const workflowId = await tell(world, 'refused outside', 'replayed')
  const history = await world.client.workflow.getHandle(workflowId).fetchHistory()
  expect(historyToJSON(history)).not.toContain(Buffer.from(TEXT).toString('base64').slice(0, 20))
  const cache = `${world.config.home}/bundles`
  const codePath = await workflowBundle({
    entries: [tellerProject.workflows],
    queueByMethod: {},
    encrypted: true,
    cache,
    log,
  })
  const dataConverter = dataConverterOf(world.config)
  await Worker.runReplayHistory({ workflowBundle: { codePath }, dataConverter }, history, workflowId)
})

describe('keys that change', () => {
  let shop: World
  let worker: WorkerProcess | undefined
  const open = async (keys: string) => {
    shop = await createWorld({ ...options, keys, worker: false })
  }
  afterEach(async () => {
    await worker?.stop()
    if (worker) await shop.stop()
    worker = undefined
  })

  /** The world as a process with other keys sees it. */
  const withKeys = (of: World, ...keys: string[]) => {
    const config = { ...of.config, keys: parseKeys(keys.join()) }
    return { ...of, config, client: createClient(of.connection, config), log }
  }
  const work = async (of: World, ...keys: string[]) => startWorker(withKeys(of, ...keys))
  const start = (of: World, ms: number) =>
    withKeys(of, oldKey).client.workflow.start<typeof tellSlowly>(tellSlowly.name, {
      taskQueue: of.config.temporal.worker.taskQueue,
      workflowId: `tell-slowly/${of.config.temporal.worker.taskQueue}`,
      args: [{ text: TEXT, ms }],
      workflowTaskTimeout: '2s',
    })

  test('a change that runs over a rotation finishes, and is read with both keys', async () => {
    await open(oldKey)
    worker = await work(shop, oldKey)
    const handle = await start(shop, 6000)
    await eventually(
      async () =>
        (await shop.sql(`select from turri.receipt where method = 'tellOutside' and finished_at is not null`))
          .length === 1,
      'the first step is done',
    )
    await worker.stop()
    worker = await work(shop, newKey, oldKey)
    const { client } = withKeys(shop, newKey, oldKey)
    expect(await client.workflow.getHandle(handle.workflowId).result()).toEqual([TEXT, TEXT])
    const stored = (await storedOf(shop, handle.workflowId)).toString('latin1')
    expect([stored.includes('old'), stored.includes('new'), stored.includes('Recognisable')]).toEqual([
      true,
      true,
      false,
    ])
    expect(await handle.result().catch((error) => error.message)).toMatch(/encrypted under the key 'new'/)
  })

  test('a worker and an API with the wrong key say so at once; with the right one the change goes on', async () => {
    await open(newKey)
    const handle = await start(shop, 0)
    worker = await work(shop, otherKey)
    const history = async () => (await handle.fetchHistory()).events ?? []
    const failed = async () =>
      (await history()).find(({ workflowTaskFailedEventAttributes: attributes }) => attributes != null)
    await eventually(async () => (await failed()) !== undefined, 'the workflow task fails')
    const answer = await shop.request('GET', `/admin/workflows-executions/${handle.workflowId}`)
    expect(answer).toMatchObject({
      status: 500,
      body: { code: 'ENCRYPTION_KEY_UNKNOWN', message: expect.stringMatching(/under the key '(old|other)'/) },
    })
    await worker.stop()
    worker = await work(shop, newKey, oldKey)
    const { client } = withKeys(shop, newKey, oldKey)
    expect(await client.workflow.getHandle(handle.workflowId).result()).toEqual([TEXT, TEXT])
  })

  test('schedules outlive every key: they are found, and run with an input under the new one', async () => {
    const early = withKeys(world, oldKey)
    const { taskQueue } = world.config.temporal.worker
    const id = `tells-${taskQueue}`
    const definition = { id, workflow: tellEverywhere, input: { text: TEXT, end: 'done' }, cron: '0 3 * * *' }
    await reconcileSchedules(early.client, [definition], taskQueue, log)
    const raw = async () => {
      const { namespace } = world.config.temporal.connect
      const described = await early.client.workflowService.describeSchedule({ namespace, scheduleId: id })
      return JSON.stringify(described.schedule?.action)
    }
    const under = async () =>
      Buffer.from(/"encryption-key-id":"([^"]+)"/.exec(await raw())?.[1] ?? '', 'base64').toString()
    expect(await under()).toBe('old')
    await reconcileSchedules(withKeys(world, newKey, oldKey).client, [definition], taskQueue, log)
    expect(await under()).toBe('new')
    const { client } = withKeys(world, newKey)
    expect((await client.schedule.getHandle(id).describe()).memo).toMatchObject({ taskQueue })
    await reconcileSchedules(client, [], taskQueue, log)
    await eventually(async () => (await listed(client)).every((listedId) => listedId !== id), 'it is removed')
  })

  test('what was written in clear before there was a key is still read', async () => {
    const clearId = await tell(clearWorld, 'refused here', 'earlier')
    const { client, config } = withKeys(clearWorld, newKey)
    const executions = createExecutions(client, {} as never, config.temporal.worker.taskQueue)
    await eventually(async () => {
      const { rows } = await executions.list({ limit: 10, offset: 0, q: clearId })
      return rows.map(({ state }) => state).join() === 'reverted'
    }, 'it is listed as it ended: Temporal’s lists lag behind')
  })
})

async function listed(client: World['client']): Promise<string[]> {
  const ids: string[] = []
  for await (const { scheduleId } of client.schedule.list()) ids.push(scheduleId)
  return ids
}
