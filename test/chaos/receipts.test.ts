/** Workers that die between an effect and its report, at the worst moment each. */
import type { ChildProcess } from 'node:child_process'
import { readFileSync } from 'node:fs'
import type { WorkflowHandle } from '@temporalio/client'
import type { ChangeWorkflow } from '../../framework/workflow/change.ts'
import { createWorld, type World } from '../support/index.ts'
import { ledgerProject } from '../support/ledger/turri.config.ts'
import * as workflows from '../support/ledger/workflows.ts'
import { ended, eventually, kill9, startProcess } from '../support/processes.ts'

let world: World
let workers: ChildProcess[] = []
beforeAll(async () => {
  world = await createWorld({ project: () => ledgerProject, worker: false })
})
afterEach(async () => {
  await Promise.all(workers.map(kill9))
  workers = []
  await world.sql('truncate ledger.entry, archive.entry')
})
afterAll(() => world.stop())

const startWorker = async (breakAt = '') => {
  const worker = await startProcess(world, 'worker', {
    cwd: 'test/support/ledger',
    env: { TURRI_BREAK_AT: breakAt, OUTSIDE_URL: world.cms.url },
  })
  workers.push(worker)
  return worker
}

/** Starts the workflow under a worker that dies at that point, and gives it to another. */
const dyingAt = async (breakAt: string, workflow: ChangeWorkflow, input: unknown): Promise<WorkflowHandle> => {
  const dying = await startWorker(breakAt)
  const handle = await world.start(workflow, input)
  expect(await ended(dying)).toBe('SIGKILL')
  await startWorker()
  return handle
}

const texts = async (table = 'ledger.entry') =>
  (await world.sql<{ text: string }>(`select text from ${table} order by text`)).map(({ text }) => text)

const receipts = async (handle: WorkflowHandle) =>
  world.sql<{ step_key: string; attempts: { repeated?: boolean }[] }>(
    'select step_key, attempts from turri.receipt where workflow_id = $1 order by created_at',
    [handle.workflowId],
  )

describe.each(['createEntries#0', 'createEntries#1', 'createEntries#2'])('killed after the commit of %s', (step) => {
  test('each local step has one effect', async () => {
    const handle = await dyingAt(`done:${step}`, workflows.threeEntries, {})
    const answer = (await handle.result()) as string[]
    const rows = await world.sql<{ id: string }>('select id from ledger.entry order by id')
    expect(await texts()).toEqual(['one', 'three', 'two'])
    expect(rows.map(({ id }) => id).sort()).toEqual([...answer].sort())
    const repeated = (await receipts(handle)).find((receipt) => receipt.step_key === step)
    const [first, second, ...more] = repeated!.attempts // a busy machine may need more than two
    expect([first!.repeated, second!.repeated]).toEqual([undefined, true])
    expect(more.filter((attempt) => !attempt.repeated)).toEqual([])
  })
})

test('killed after the commit of a normal activity, the activity has one effect', async () => {
  const handle = await dyingAt('done:archiveEntries#0', workflows.archivedEntries, {})
  const archived = (await handle.result()) as string[]
  expect(archived).toHaveLength(1)
  expect(await world.sql('select id from archive.entry')).toEqual([{ id: archived[0] }])
  expect(await texts()).toEqual(['after', 'before'])
})

test.each(['a/createEntries#0', 'b/createEntries#1', 'c/createEntries#0'])(
  'killed in a parallel branch after %s, every branch keeps its own steps and ids',
  async (step) => {
    const handle = await dyingAt(`done:${step}`, workflows.branchingEntries, { names: ['a', 'b', 'c'] })
    const answer = (await handle.result()) as string[][]
    expect(await texts()).toEqual(['a 1', 'a 2', 'b 1', 'b 2', 'c 1', 'c 2'])
    const rows = await world.sql<{ id: string; text: string }>('select id, text from ledger.entry')
    const idOf = (text: string) => rows.find((row) => row.text === text)!.id
    expect(answer).toEqual(['a', 'b', 'c'].map((name) => [idOf(`${name} 1`), idOf(`${name} 2`)]))
  },
)

test.each(['takeFirstEntry#0', 'createEntries#0', 'createEntries#1'])(
  'killed after %s, a decision stands although its own write has changed its facts',
  async (step) => {
    await world.sql(`insert into ledger.entry (id, text) values ('e1', '1 first'), ('e2', '2 second')`)
    const handle = await dyingAt(`done:${step}`, workflows.decidingEntries, {})
    expect(await handle.result()).toEqual(['1 first', '2 second'])
    expect(await texts()).toEqual(['0 after 1 first, 2 second', '1 first', '2 second', 'end'])
    expect(await world.sql(`select id from ledger.entry where taken_by = 'me'`)).toEqual([{ id: 'e1' }])
  },
)

test('killed while it asks for what may not be repeated, it asks once, and the workflow knows that it does not know', async () => {
  const handle = await dyingAt('done:chargeCard#0', workflows.chargedEntries, {})
  expect(await handle.result()).toBe('unknown')
  expect(world.cms.requests).toHaveLength(1)
  const again = await world.client.workflowService.resetWorkflowExecution({
    namespace: world.client.options.namespace,
    workflowExecution: { workflowId: handle.workflowId },
    reason: 'does it ask again?',
    requestId: 'again',
    workflowTaskFinishEventId: 4 as never,
  })
  expect(await world.client.workflow.getHandle(handle.workflowId, again.runId).result()).toBe('unknown')
  expect(world.cms.requests).toHaveLength(1)
})

test('a refusal that was answered with a detour is the same refusal on the next pass', async () => {
  const dying = await startWorker('done:createEntries#0')
  const handle = await world.start(workflows.detouringEntries, {})
  await ended(dying)
  await world.sql(`insert into ledger.entry (id, text) values ('e1', 'came too late')`)
  await startWorker()
  expect(await handle.result()).toBe('detour')
  expect(await world.sql(`select id from ledger.entry where taken_by is not null`)).toEqual([])
})

test.each([
  'undo/takeBack#0',
  'undo/createEntries#1/deleteEntries#0',
  'undo/createEntries#0/deleteEntries#0',
  'createEntries#1',
])(
  'killed between a refusal and its report, after %s, everything is taken back and the refusal is the answer',
  async (step) => {
    const handle = await dyingAt(`done:${step}`, workflows.refusedEntries, {})
    expect(await handle.result()).toEqual({
      problem: { type: 'not_allowed', message: 'not today', code: 'LEDGER_REFUSED' },
    })
    expect(await texts()).toEqual([])
  },
)

test('cancelled after it was refused and taken back, but before anybody heard of it, it is taken back all the same', async () => {
  const dying = await startWorker('done:undo/takeBack#0')
  const handle = await world.start(workflows.refusedEntries, {})
  await ended(dying)
  await handle.cancel()
  await startWorker()
  await Promise.allSettled([handle.result()])
  expect((await handle.describe()).status.name).toMatch(/CANCELLED|COMPLETED/)
  expect(await texts()).toEqual([])
})

test('a worker that was thought dead and comes back after the taking back has no effect any more', async () => {
  const frozen = await startWorker('stop:opened:createEntries#1')
  const handle = await world.start(workflows.threeEntriesOrNone, {})
  await eventually(async () => isStopped(frozen), 'the worker froze')
  await handle.cancel()
  await startWorker()
  await expect(handle.result()).rejects.toThrow()
  expect((await handle.describe()).status.name).toBe('CANCELLED')
  expect(await texts()).toEqual([])

  frozen.kill('SIGCONT')
  const seen = new Set<string>()
  for (let looks = 0; looks < 40; looks++) {
    for (const text of await texts()) seen.add(text)
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  expect([...seen]).toEqual([])
})

test('cancelled while its worker is dead, takes back what the dead worker did', async () => {
  const dying = await startWorker('done:createEntries#1')
  const handle = await world.start(workflows.waitingEntries, { ms: 60_000 })
  await ended(dying)
  expect(await texts()).toEqual(['one', 'two'])
  await handle.cancel()
  await startWorker()
  await expect(handle.result()).rejects.toThrow()
  expect(await texts()).toEqual([])
})

function isStopped(child: ChildProcess): boolean {
  return / T /.test(readFileSync(`/proc/${child.pid}/stat`, 'utf8'))
}
