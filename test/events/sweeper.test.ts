/** What dead runs have left behind, and what becomes of it. */
import type { WorkflowHandleWithFirstExecutionRunId } from '@temporalio/client'
import { openDatabase } from '../../framework/database.ts'
import { createLogger } from '../../framework/log.ts'
import { dispatchLeftEvents } from '../../framework/sweeper/left-events.ts'
import { prune as pruneOnce } from '../../framework/sweeper/prune.ts'
import { openRunsBefore } from '../../framework/temporal/runs.ts'
import { prune, settleUndoConflict, sweep, undoChange } from '../../framework/workflow/framework-workflows.ts'
import { eventProject } from '../support/events/turri.config.ts'
import * as workflows from '../support/events/workflows.ts'
import { createWorld, type World } from '../support/index.ts'
import { eventually } from '../support/processes.ts'
import { type Act, goOn, performActs } from '../support/sagas/workflows.ts'

let world: World
beforeAll(async () => {
  world = await createWorld({
    project: (core) => ({
      ...eventProject,
      schedules: [],
      modules: [
        ...eventProject.modules.filter(({ name }) => name !== 'cms'),
        core.modules.find(({ name }) => name === 'cms')!,
      ],
    }),
  })
})
afterAll(() => world.stop())
beforeEach(() => world.sql('truncate red.thing, green.thing, blue.thing, turri.event cascade'))

const red = (id: string): Act => ({ in: 'red', deeds: [{ do: 'create', rows: [{ id, name: id }] }] })
const things = async () => (await world.sql<{ id: string }>('select id from red.thing order by id')).map(({ id }) => id)
const thingsAre = (count: number) =>
  eventually(async () => (await things()).length === count, `there are ${count} things`)
/** Temporal's lists lag behind a little. */
const sweepUntil = async (
  handle: Pick<WorkflowHandleWithFirstExecutionRunId, 'workflowId' | 'firstExecutionRunId'>,
) => {
  let outcome: string | undefined
  await eventually(async () => {
    const { lost } = await world.run(sweep, undefined)
    outcome = lost[`${handle.workflowId}/${handle.firstExecutionRunId}`]
    return outcome !== undefined
  }, 'the sweeper has found the run')
  return outcome!
}
/** What is older than so many days. */
const pruneOlderThan = async (days: number) => {
  const db = openDatabase({ url: world.databaseUrl, max: 1, log: createLogger({ level: 'silent' }) })
  await pruneOnce({ db, client: world.client, taskQueue: world.config.temporal.worker.taskQueue }, days)
  await db.destroy()
}
const latest = (handle: WorkflowHandleWithFirstExecutionRunId) => world.client.workflow.getHandle(handle.workflowId)

describe.each(['terminated', 'timed out'] as const)('a run that was %s', (how) => {
  test('takes back what it did, inside and outside, in another run that is cancelled', async () => {
    const acts: Act[] = [{ mints: 'a' }, { pages: ['p1', 'p2'] }, red('b'), { waitMs: 60_000 }]
    const handle = await world.client.workflow.start('performActs', {
      taskQueue: world.config.temporal.worker.taskQueue,
      workflowId: `lost/${how}`,
      args: [{ acts, inSaga: true }],
      ...(how === 'timed out' && { workflowExecutionTimeout: '6s' }),
    })
    await thingsAre(2)
    expect(world.cms.items.size).toBe(2)
    if (how === 'terminated') await handle.terminate('by hand')
    await expect(handle.result()).rejects.toThrow()
    expect(await things()).toEqual(['b', expect.stringMatching(/^thing_/)])

    expect(await sweepUntil(handle)).toMatch(/^reset and cancelled/)
    await expect(latest(handle).result()).rejects.toThrow()
    expect((await latest(handle).describe()).status.name).toBe('CANCELLED')
    expect(await things()).toEqual([])
    expect(world.cms.items.size).toBe(0)
    expect((await world.run(sweep, undefined)).lost).toEqual({})
  })
})

test('a request whose run was lost begins anew when that is taken back, and has one effect', async () => {
  const request = (requestId: string) => ({
    ...{ requestId, key: 'a key of sixteen characters', actor: 'me' },
    ...{ method: 'POST', path: '/x', content: 'same' },
  })
  const ask = (requestId: string) => world.runner.run(workflows.lingering, undefined, { request: request(requestId) })
  const first = ask('r1').catch((error) => error)
  await thingsAre(1)
  const [receipt] = await world.sql<{ id: string }>(
    `select workflow_id as id from turri.receipt where workflow_id like 'lingering/%'`,
  )
  const lost = world.client.workflow.getHandle(receipt!.id)
  const firstExecutionRunId = (await lost.describe()).runId
  await lost.terminate()
  expect(await first).toMatchObject({ name: 'Fault' })

  await expect(ask('r2')).rejects.toMatchObject({ type: 'unavailable', code: 'CHANGE_LOST' })
  expect(await things()).toHaveLength(1)
  expect(await sweepUntil({ workflowId: receipt!.id, firstExecutionRunId })).toMatch(/^reset and cancelled/)
  await thingsAre(0)
  await expect(lost.result()).rejects.toThrow()

  const third = ask('r3')
  await thingsAre(1)
  await lost.signal(goOn)
  expect(await third).toMatchObject({ state: 'done', replayed: false })
  const effect = await things()
  expect(effect).toHaveLength(2)
  expect((await world.run(sweep, undefined)).lost).toEqual({})
  expect(await ask('r4')).toMatchObject({ state: 'done', replayed: true })
  expect(await things()).toEqual(effect)
})

test('a run that no worker ever saw is dealt with too', async () => {
  const handle = await world.client.workflow.start('performActs', {
    taskQueue: world.config.temporal.worker.taskQueue,
    workflowId: 'lost/unseen',
    args: [{ acts: [red('a')], inSaga: true }],
    startDelay: '1 hour',
  })
  await handle.terminate()
  await sweepUntil(handle)
  await eventually(async () => (await latest(handle).describe()).status.name !== 'RUNNING', 'it has ended')
  expect(await things()).toEqual([])
})

test('waits while another run of the same id goes on, which a reset would end', async () => {
  const options = { taskQueue: world.config.temporal.worker.taskQueue, workflowId: 'lost/busy' }
  const lost = await world.client.workflow.start('performActs', {
    ...options,
    args: [{ acts: [red('a'), { waitMs: 60_000 }], inSaga: true }],
  })
  await thingsAre(1)
  await lost.terminate()
  const busy = await world.client.workflow.start('performActs', {
    ...options,
    args: [{ acts: [red('b'), { waitFor: 'goOn' }, red('c')], inSaga: true }],
  })
  expect(await sweepUntil(lost)).toMatch(/^later/)
  await busy.signal(goOn)
  await busy.result()
  expect(await sweepUntil(lost)).toMatch(/^reset and cancelled/)
  await eventually(async () => (await things()).join() === 'b,c', 'only the other run stands')
})

test('fifty that have to wait keep no other from its turn', async () => {
  const busy = await world.start(performActs, { acts: [{ waitMs: 60_000 }], inSaga: true })
  await world.sql(
    `insert into turri.lost_run (workflow_id, run_id, first_run_id, status, closed_at)
    select $1, 'run ' || n, 'run ' || n, 'TERMINATED', now() from generate_series(1, 50) n`,
    [busy.workflowId],
  )
  const lost = await world.start(performActs, { acts: [red('a'), { waitMs: 60_000 }], inSaga: true })
  await thingsAre(1)
  await lost.terminate()
  expect(await sweepUntil(lost)).toMatch(/^reset and cancelled/)
  await thingsAre(0)
  await world.sql('delete from turri.lost_run where workflow_id = $1', [busy.workflowId])
  await busy.cancel()
})

/** The number of its event, after: started, scheduled, picked up. */
const FIRST_TASK_COMPLETED = 4

test('a run that somebody has reset by hand is left alone', async () => {
  const handle = await world.start(performActs, { acts: [red('a'), { waitFor: 'goOn' }, red('b')], inSaga: true })
  await thingsAre(1)
  const isOver = async () => (await handle.describe()).historyLength > FIRST_TASK_COMPLETED
  await eventually(isOver, 'the task that wrote it is over')
  await world.client.workflowService.resetWorkflowExecution({
    namespace: world.client.options.namespace,
    workflowExecution: { workflowId: handle.workflowId, runId: handle.firstExecutionRunId },
    reason: 'by hand',
    requestId: 'by-hand-1',
    workflowTaskFinishEventId: FIRST_TASK_COMPLETED as never,
  })
  expect(await sweepUntil(handle)).toMatch(/^somebody has reset it/)
  await latest(handle).signal(goOn)
  await latest(handle).result()
  expect(await things()).toEqual(['a', 'b'])
})

test('what a lost run has said before its end is not heard of', async () => {
  const handle = await world.start(workflows.announce, { notes: ['a'], after: 'wait' })
  await thingsAre(1)
  await handle.terminate()
  await sweepUntil(handle)
  await eventually(async () => (await things()).length === 0, 'it was taken back: it had no saga that was complete')
  expect(await world.sql('select 1 from turri.event')).toEqual([])
})

test('what a lost run has said is not sent out before the sweeper has found the run', async () => {
  const handle = await world.start(workflows.announce, { notes: ['a'], after: 'wait' })
  await thingsAre(1)
  await world.sql(`update turri.event set at = at - interval '31 seconds'`)
  await handle.terminate()
  const db = openDatabase({ url: world.databaseUrl, max: 2, log: createLogger({ level: 'silent' }) })
  const { taskQueue } = world.config.temporal.worker
  const subscriptions = (name: string) => (name === 'red.created' ? ['mirrorInGreen'] : [])
  expect(await dispatchLeftEvents({ db, client: world.client, taskQueue, subscriptions })).toBe(0)
  await db.destroy()
  await sweepUntil(handle)
  await thingsAre(0)
  expect(await world.sql('select 1 from turri.event')).toEqual([])
})

test('what a run says that goes on for long keeps no other event from being sent out', async () => {
  const going = await world.start(performActs, { acts: [{ waitMs: 60_000 }], inSaga: true })
  const over = await world.start(performActs, { acts: [], inSaga: true })
  await over.result()
  for (const [run, count] of [
    [going, 300],
    [over, 1],
  ] as const) {
    await world.sql(
      `insert into turri.event (id, name, data, actor, workflow_id, run_id, at)
       select 'event_' || $2::text || n, 'red.nobody', '{}', 'me', $1, $2, now() - interval '1 hour' from generate_series(1, $3) n`,
      [run.workflowId, run.firstExecutionRunId, count],
    )
  }
  const db = openDatabase({ url: world.databaseUrl, max: 2, log: createLogger({ level: 'silent' }) })
  const { taskQueue } = world.config.temporal.worker
  expect(await dispatchLeftEvents({ db, client: world.client, taskQueue, subscriptions: () => [] })).toBe(1)
  await db.destroy()
  await going.cancel()
})

test('pruning forgets what is old, and keeps what still goes on', async () => {
  await world.run(performActs, { acts: [red('done')], inSaga: true })
  const open = await world.start(performActs, { acts: [red('open'), { waitMs: 60_000 }], inSaga: true })
  await thingsAre(2)
  const journaled = async () =>
    (await world.sql<{ row_id: string }>(`select row_id from turri.journal where row_id in ('done', 'open')`)).map(
      ({ row_id }) => row_id,
    )
  expect(await world.run(prune, undefined)).toEqual({ rows: 0 })
  expect(await journaled()).toEqual(['done', 'open'])
  const { taskQueue } = world.config.temporal.worker
  const isListed = async () => (await openRunsBefore(world.client, taskQueue, new Date())).length === 1
  await eventually(isListed, 'Temporal lists what goes on: as it does with runs of days ago')
  await pruneOlderThan(0)
  expect(await journaled()).toEqual(['open'])
  await open.cancel()
  await expect(open.result()).rejects.toThrow()
  expect(await things()).toEqual(['done'])
})

describe('pruning', () => {
  const keyOf = ({ workflowId, firstExecutionRunId }: WorkflowHandleWithFirstExecutionRunId) => ({
    workflowId,
    runId: firstExecutionRunId,
  })
  /** As if these steps of a run had been three days ago. */
  const age = (workflowId: string, step: string) =>
    world.sql(
      `with aged as (
        update turri.receipt set created_at = created_at - interval '3 days'
        where workflow_id = $1 and step_key like $2 returning id)
      update turri.journal set at = at - interval '3 days' where receipt in (select id from aged)`,
      [workflowId, step],
    )

  test('forgets a change whole: none is taken back by half', async () => {
    const half = await world.start(performActs, { acts: [red('a'), red('b')], inSaga: true })
    const old = await world.start(performActs, { acts: [red('c'), red('d')], inSaga: true })
    await Promise.all([half.result(), old.result()])
    await age(half.workflowId, 'changeRed#0')
    await age(old.workflowId, '%')
    await pruneOlderThan(2)
    expect(await world.run(undoChange, keyOf(half))).toEqual({ rows: 2 })
    await expect(world.run(undoChange, keyOf(old))).rejects.toThrow('nothing of it to take back')
    expect(await things()).toEqual(['c', 'd'])
    expect(await world.sql(`select row_id from turri.journal where row_id in ('c', 'd')`)).toEqual([])
  })

  test('keeps what a lost run did until that has been dealt with', async () => {
    const waiting = await world.start(performActs, { acts: [red('a')], inSaga: true })
    await waiting.result()
    await world.sql(
      `insert into turri.lost_run (workflow_id, run_id, first_run_id, status, closed_at) values ($1, 'x', $2, 'TERMINATED', now())`,
      [waiting.workflowId, waiting.firstExecutionRunId],
    )
    await age(waiting.workflowId, '%')
    await pruneOlderThan(2)
    await world.sql('delete from turri.lost_run where settled_at is null')
    expect(await world.run(undoChange, keyOf(waiting))).toEqual({ rows: 1 })
  })

  describe('with an open undo conflict', () => {
    const note = (text: string): Act => ({ in: 'red', deeds: [{ do: 'update', id: 'a', set: { note: text } }] })
    const notes = () => world.sql('select note from red.thing')
    const open = () => world.sql<{ id: string }>('select id from turri.undo_conflict where settled_at is null')
    const settle = async (how: 'retry' | 'dismiss') => {
      const [conflict] = await open()
      return world.run(settleUndoConflict, { id: conflict!.id, how })
    }
    let rival: WorkflowHandleWithFirstExecutionRunId
    beforeEach(async () => {
      await world.sql('delete from turri.undo_conflict')
      await world.sql(`insert into red.thing (id, name, note) values ('a', 'a', 'one')`)
      const failing = await world.start(performActs, {
        acts: [note('two'), { waitFor: 'goOn' }, { throw: 'problem' }],
        inSaga: true,
      })
      await eventually(async () => (await notes())[0]!.note === 'two', 'it was written')
      rival = await world.start(performActs, { acts: [note('three')], inSaga: true })
      await rival.result()
      await failing.signal(goOn)
      await failing.result()
      expect(await open()).toHaveLength(1)
    })

    test('keeps what it is about and who is in its way', async () => {
      await pruneOlderThan(0)
      await expect(settle('retry')).rejects.toMatchObject({ code: 'UNDO_CONFLICT' })
      expect(await world.run(undoChange, keyOf(rival))).toEqual({ rows: 1 })
      expect(await notes()).toEqual([{ note: 'one' }])
      expect(await open()).toEqual([])
    })

    test('which can be dismissed also when the journal has forgotten it', async () => {
      await world.sql(`delete from turri.journal where row_id = 'a'`)
      await settle('dismiss')
      expect(await open()).toEqual([])
    })
  })
})
