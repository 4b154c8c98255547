import { sweep } from '../../framework/workflow/framework-workflows.ts'
import { createWorld, type World } from '../support/index.ts'
import { eventually } from '../support/processes.ts'

let world: World
beforeAll(async () => {
  world = await createWorld({ project: (core) => ({ ...core, setUps: [] }) })
})
afterAll(() => world.stop())

const executions = async (query = '') => (await world.request('GET', `/admin/workflows-executions${query}`)).body

test('a finished change shows its step, with input and output', async () => {
  const created = await world.request('POST', '/admin/brands', { name: 'Shown' })
  const workflowId = created.headers.get('x-workflow-id')!
  const { body } = await world.request('GET', `/admin/workflows-executions/${workflowId}`)
  const execution = body.workflow_execution
  expect(execution).toMatchObject({ state: 'done', workflow_id: 'create-brands', deleted_at: null })
  expect(`${execution.workflow_id}/${execution.transaction_id}`).toBe(workflowId)
  expect(execution.context.data.input).toEqual({ brands: [{ name: 'Shown' }] })
  expect(Object.keys(execution.execution.steps)).toEqual(['_root.createBrands#0'])
  expect(execution.execution.steps['_root.createBrands#0']).toMatchObject({
    kind: 'write',
    invoke: { state: 'done', status: 'ok' },
    input: [[{ id: created.body.brand.id, name: 'Shown', handle: 'shown' }]],
    output: [created.body.brand],
    attempts: 1,
  })
  const listed = async () => (await executions('?workflow_id=create-brands&state=done')).count === 1
  await eventually(listed, 'it is listed as done')
  const byId = await world.request('GET', `/admin/workflows-executions/${execution.id}`)
  expect(byId.body).toEqual(body)
})

test('an undone change shows its error and which step undid which', async () => {
  world.cms.meet({ refuse: 'no room' })
  const refused = await world.request('POST', '/admin/brands/sync', {})
  expect(refused.status).toBe(400)
  const { body } = await world.request('GET', `/admin/workflows-executions/${refused.headers.get('x-workflow-id')}`)
  const { state, execution, context } = body.workflow_execution
  expect(state).toBe('reverted')
  expect(context.errors).toEqual([{ type: 'CMS_REFUSED', message: 'The CMS refused: no room' }])
  expect(Object.keys(execution.steps)).toEqual([
    '_root.listBrands#0',
    '_root.findMissingInCms#0',
    '_root.createBrandsInCms#0',
    '_root.undo/takeBack#0',
  ])
  expect(execution.steps['_root.createBrandsInCms#0']).toMatchObject({
    kind: 'call',
    invoke: { state: 'failed' },
    compensate: { state: 'reverted' },
    error: { type: 'CMS_REFUSED' },
    undo: { method: 'deleteBrandsFromCms', state: 'done' },
  })
})

test('executions are listed newest first and filtered by name and state', async () => {
  const states = async () =>
    (await executions()).workflow_executions.map(({ state }: Record<string, string>) => state).join()
  await eventually(async () => (await states()) === 'reverted,done,done', 'all are listed as they ended')
  const { workflow_executions: all, count } = await executions()
  expect(all.map(({ workflow_id, state }: Record<string, string>) => [workflow_id, state])).toEqual([
    ['sync-brands-to-cms', 'reverted'],
    ['create-brands', 'done'],
    ['create-user-account', 'done'], // the user of this world
  ])
  expect(count).toBe(3)
  expect((await executions('?state=done')).workflow_executions).toEqual(all.slice(1))
  expect((await executions('?state=reverted')).count).toBe(1)
  const asDashboardsAsk = '?fields=id,state,execution&order=-created_at&with_deleted=true'
  expect((await executions(asDashboardsAsk)).workflow_executions).toEqual(all)
  expect((await world.request('GET', '/admin/workflows-executions?order=state')).status).toBe(400)
  expect((await executions('?workflow_id=create-brands')).workflow_executions).toEqual([all[1]])
  expect((await executions('?limit=1&offset=1')).workflow_executions).toEqual([all[1]])
  const { transaction_id } = all[1]
  for (const query of [
    `?transaction_id=${transaction_id}`,
    `?workflow_id=create-brands&transaction_id=${transaction_id}`,
  ]) {
    expect(await executions(query)).toMatchObject({ workflow_executions: [all[1]], count: 1 })
  }
  expect((await executions('?workflow_id=create-brands&transaction_id=none')).count).toBe(0)
  expect((await executions('?state=waiting_to_compensate&state=not_started')).count).toBe(0)
  expect((await world.request('GET', '/admin/workflows-executions?state=nonsense')).status).toBe(400)
  for (const query of ['q=%00', 'workflow_id=%00']) {
    expect((await world.request('GET', `/admin/workflows-executions?${query}`)).status).toBe(400)
  }
  expect((await executions(`?q=${encodeURIComponent("' or 1=1 --")}`)).count).toBe(0)
})

test('a missing execution is 404, a finished one cannot be cancelled', async () => {
  expect((await world.request('GET', '/admin/workflows-executions/create-brands/none')).status).toBe(404)
  const { workflow_executions: all } = await executions('?workflow_id=create-brands')
  const path = `/admin/workflows-executions/create-brands/${all[0].transaction_id}/cancel`
  expect(await world.request('POST', path)).toMatchObject({ status: 400, body: { code: 'EXECUTION_ENDED' } })
})

test('a running change can be cancelled and is undone', async () => {
  world.cms.hold()
  const posts = () => world.cms.requests.filter((request) => request.startsWith('POST')).length
  const before = posts()
  const syncing = world.request('POST', '/admin/brands/sync', {})
  await eventually(async () => posts() > before, 'the CMS was asked')
  const cancelled = await world.request('POST', '/admin/workflows-executions/sync-brands-to-cms/all/cancel')
  world.cms.letGo() // stored after all, before it is taken back
  expect(cancelled).toMatchObject({ status: 200, body: { success: true } })
  expect(await syncing).toMatchObject({ status: 400, body: { code: 'CHANGE_CANCELLED' } })
  expect(world.cms.items.size).toBe(0)
})

test('workflows of the framework are listed only if requested by name', async () => {
  await world.run(sweep, undefined)
  const names = async (query: string) => {
    const { body } = await world.request('GET', `/admin/workflows-executions?limit=1000${query}`)
    return new Set(body.workflow_executions.map(({ workflow_id }: { workflow_id: string }) => workflow_id))
  }
  await eventually(async () => (await names('&workflow_id=sweep')).has('sweep'), 'it is listed')
  expect((await names('')).has('sweep')).toBe(false)
  expect((await names('')).has('create-brands')).toBe(true)
})
