/** Changes as a framework user meets them: requests, repeats, refusals, faults. */

import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { ulid } from 'ulid'
import { defineProject } from '../../framework/project.ts'
import { createWorld, type World } from '../support/index.ts'
import { stumbled } from '../support/ledger/module.ts'
import { ledgerProject } from '../support/ledger/turri.config.ts'
import * as workflows from '../support/ledger/workflows.ts'
import { eventually } from '../support/processes.ts'

let world: World
beforeAll(async () => {
  world = await createWorld({
    project: (core) => defineProject({ ...ledgerProject, extends: core }),
  })
})
afterAll(() => world.stop())
beforeEach(() => world.sql('truncate ledger.entry'))

const texts = async () => (await world.sql('select text from ledger.entry order by text')).map(({ text }) => text)

describe.each(['workflow', 'activity'] as const)('a bug in the %s', (where) => {
  test('fails the change at once, at the first attempt, with what it did taken back', async () => {
    const id = `buggy/${where}`
    stumbled.times = 0
    await expect(world.run(workflows.buggyEntries, { where }, id)).rejects.toMatchObject({
      name: 'Fault',
      cause: { type: 'BUG', message: expect.stringContaining('TypeError') },
    })
    const { events } = await world.client.workflow.getHandle(id).fetchHistory()
    expect(events!.filter(({ workflowTaskFailedEventAttributes: failed }) => failed)).toEqual([])
    expect(stumbled.times).toBe(where === 'activity' ? 1 : 0)
    expect(await texts()).toEqual([])
  })
})

test('an error whose text is none fails the change, and ends no worker', async () => {
  const failed = (await world.run(workflows.halfSaid, undefined).catch((error) => error)) as Error
  const said: string[] = []
  for (let at = failed.cause; at instanceof Error; at = at.cause) said.push(at.message)
  expect(said).toEqual(['Error: half \ufffd', 'half \ufffd', '\ufffd'])
})

test('what may not be repeated and is not answered in time is not known', async () => {
  let charged = 0
  const outside = createServer(() => void charged++).listen(0, '127.0.0.1')
  await once(outside, 'listening')
  process.env.OUTSIDE_URL = `http://127.0.0.1:${(outside.address() as AddressInfo).port}`
  expect(await world.run(workflows.chargedEntries, undefined)).toBe('unknown')
  expect(charged).toBe(1)
  outside.closeAllConnections()
  outside.close()
})

test('a refusal ends the workflow completed, with the problem as its answer', async () => {
  await expect(world.run(workflows.refusedEntries, undefined, 'refused-once')).rejects.toMatchObject({
    name: 'Problem',
    code: 'LEDGER_REFUSED',
  })
  const { status, memo } = await world.client.workflow.getHandle('refused-once').describe()
  expect(status.name).toBe('COMPLETED')
  expect(memo).toMatchObject({ state: 'reverted', problem: 'LEDGER_REFUSED' })
  expect(await texts()).toEqual([])
})

test('a problem thrown by the workflow itself is a refusal too', async () => {
  await expect(world.run(workflows.refusingWorkflow, undefined)).rejects.toMatchObject({
    type: 'conflict',
    code: 'NOT_NOW',
  })
})

test('cancelled in the middle, takes back what it did', async () => {
  const handle = await world.start(workflows.waitingEntries, { ms: 60_000 })
  while ((await texts()).length < 2) await new Promise((resolve) => setTimeout(resolve, 20))
  await handle.cancel()
  await expect(handle.result()).rejects.toThrow()
  expect((await handle.describe()).status.name).toBe('CANCELLED')
  expect(await texts()).toEqual([])
})

test('continued as new, keeps its first run in its receipts and counts generations', async () => {
  const handle = await world.start(workflows.continuedEntries, { round: 0 })
  expect(await handle.result()).toBe(2)
  expect(await texts()).toEqual(['round 0', 'round 1', 'round 2'])
  expect(
    await world.sql(
      'select generation, step_key, run_id from turri.receipt where workflow_id = $1 order by generation',
      [handle.workflowId],
    ),
  ).toEqual(
    [0, 1, 2].map((generation) => ({ generation, step_key: 'createEntries#0', run_id: handle.firstExecutionRunId })),
  )
})

test('parallel branches have receipts under their names', async () => {
  const handle = await world.start(workflows.branchingEntries, { names: ['x', 'y'] })
  await handle.result()
  const rows = await world.sql('select step_key from turri.receipt where workflow_id = $1 order by step_key', [
    handle.workflowId,
  ])
  expect(rows.map(({ step_key }) => step_key)).toEqual([
    'x/createEntries#0',
    'x/createEntries#1',
    'y/createEntries#0',
    'y/createEntries#1',
  ])
})

describe('after its saga has succeeded', () => {
  test.each(['refuse', 'stumble'] as const)(
    'what fails (%s) is said, and nothing is taken back or begun anew',
    async (how) => {
      const request = { requestId: ulid(), key: ulid(), actor: 'me', method: 'POST', path: '/x', content: '' }
      const run = () => world.runner.run(workflows.refusedAfterwards, { how }, { request })
      const problem = {
        type: 'unexpected_state',
        code: 'CHANGE_INCOMPLETE',
        message: expect.stringMatching(/The change stands/),
      }
      await expect(run()).rejects.toMatchObject(problem)
      expect(await texts()).toEqual(['stands'])
      await expect(run()).rejects.toMatchObject(problem)
      expect(await texts()).toEqual(['stands'])
    },
  )

  test('what is cancelled then is said, and not begun anew', async () => {
    const request = { requestId: ulid(), key: ulid(), actor: 'me', method: 'POST', path: '/x', content: '' }
    const run = () => world.runner.run(workflows.refusedAfterwards, { how: 'wait' }, { request })
    const answer = run().catch((error) => error)
    await eventually(async () => (await texts()).length === 1, 'it stands')
    const [of] = await world.sql<{ workflow_id: string }>(
      'select workflow_id from turri.receipt order by id desc limit 1',
    )
    await world.client.workflow.getHandle(of!.workflow_id).cancel()
    expect(await answer).toMatchObject({ code: 'CHANGE_INCOMPLETE' })
    await expect(run()).rejects.toMatchObject({ code: 'CHANGE_INCOMPLETE' })
    expect(await texts()).toEqual(['stands'])
  })

  test('of sagas side by side none stands before all have ended', async () => {
    await expect(world.run(workflows.sagasSideBySide, undefined)).rejects.toMatchObject({ message: 'not today' })
    expect(await texts()).toEqual([])
  })

  test('cancelling does not reach what must succeed', async () => {
    const handle = await world.start(workflows.goingOnAfterwards, { ms: 60_000 })
    while ((await texts()).length < 1) await new Promise((resolve) => setTimeout(resolve, 20))
    await handle.cancel()
    await handle.result()
    expect(await texts()).toEqual(['afterwards', 'stands'])
  })
})

describe('a request with an Idempotency-Key', () => {
  const send = (key: string, body: unknown) =>
    world.request('POST', '/admin/brands', body, { 'idempotency-key': key.padEnd(16, '-') })

  test('sent twice at once has one effect and one answer', async () => {
    const [first, second] = await Promise.all([send('at-once', { name: 'Once' }), send('at-once', { name: 'Once' })])
    expect([first.status, second.status]).toEqual([200, 200])
    expect(second.body).toEqual(first.body)
    expect(second.headers.get('x-workflow-id')).toBe(first.headers.get('x-workflow-id'))
    expect(await world.sql(`select count(*)::int from brand.brand where name = 'Once'`)).toEqual([{ count: 1 }])
  })

  test('sent again later gets the first answer, and says so', async () => {
    const first = await send('later', { name: 'Later' })
    const again = await send('later', { name: 'Later' })
    expect(first.headers.get('idempotent-replayed')).toBeNull()
    expect(again.headers.get('idempotent-replayed')).toBe('true')
    expect(again.body).toEqual(first.body)
  })

  test('gets the first refusal again, although it would succeed by now', async () => {
    const taken = await send('taken-first', { name: 'Taken' })
    const refused = await send('refused', { name: 'Taken' })
    expect(refused.status).toBe(400)
    expect(refused.body.message).toBe('Brand with handle: taken, already exists.')
    await world.request('DELETE', `/admin/brands/${taken.body.brand.id}`)
    const again = await send('refused', { name: 'Taken' })
    expect([again.body, again.headers.get('idempotent-replayed')]).toEqual([refused.body, 'true'])
    expect((await send('another', { name: 'Taken' })).status).toBe(200)
  })

  test('with another body is refused with 422', async () => {
    await send('body', { name: 'Body' })
    const other = await send('body', { name: 'Other body' })
    expect(other.status).toBe(422)
    expect(other.body).toMatchObject({ type: 'invalid_data', code: 'IDEMPOTENCY_KEY_REUSED' })
    expect(await world.sql(`select 1 from brand.brand where name = 'Other body'`)).toEqual([])
  })

  test('that is too short is refused', async () => {
    const answer = await world.request('POST', '/admin/brands', { name: 'Short' }, { 'idempotency-key': 'short' })
    expect(answer.status).toBe(400)
    expect(await world.sql(`select 1 from brand.brand where name = 'Short'`)).toEqual([])
  })
})
