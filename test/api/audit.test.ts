/** What an operator asks: who changed what, what could not be taken back, who heard of it; and taking back by hand. */
import { decodeJwt } from 'jose'
import { syncBrandsToCms } from '../../workflows/brand/sync-brands-to-cms.ts'
import { createWorld, type World } from '../support/index.ts'

let world: World
beforeAll(async () => {
  world = await createWorld()
})
afterAll(() => world.stop())

const create = async (name: string) => {
  const { body, headers } = await world.request('POST', '/admin/brands', { name })
  return { id: body.brand.id as string, workflow: headers.get('x-workflow-id')! }
}
const update = async (id: string, body: object) => {
  const answer = await world.request('POST', `/admin/brands/${id}`, body)
  return answer.headers.get('x-workflow-id')!
}
const undo = (workflow: string) => world.request('POST', `/admin/workflows-executions/${workflow}/undo`)
const me = async () => decodeJwt(await world.token()).actor_id
const nameOf = async (id: string) => (await world.request('GET', `/admin/brands/${id}`)).body.brand?.name

describe('GET /admin/changes', () => {
  test('returns the actor, values, workflow, step and input of a change', async () => {
    const acme = await create('Acme')
    await update(acme.id, { name: 'Acme & Co' })
    const { body } = await world.request('GET', `/admin/changes?id=${acme.id}`)
    expect(body).toMatchObject({ count: 2, limit: 50, offset: 0 })
    const [updated, created] = body.changes
    expect(created).toMatchObject({
      entity: 'brand.brand',
      entity_id: acme.id,
      action: 'created',
      actor: await me(),
      workflow_id: 'create-brands',
      transaction_id: acme.workflow.split('/')[1],
      step: 'createBrands#0',
      undone: false,
    })
    expect(updated).toMatchObject({
      action: 'updated',
      before: { name: 'Acme' },
      after: { name: 'Acme & Co' },
      workflow_id: 'update-brands',
      input: [[{ id: acme.id, name: 'Acme & Co' }]],
    })
  })

  test('filters by entity, actor, workflow and time, and pages', async () => {
    const bolt = await create('Bolt')
    await update(bolt.id, { name: 'Bolts' })
    const list = async (query: string) => (await world.request('GET', `/admin/changes?${query}`)).body
    expect((await list(`entity=brand&workflow=update-brands&id=${bolt.id}`)).changes).toHaveLength(1)
    expect((await list(`entity=cart&id=${bolt.id}`)).changes).toEqual([])
    expect((await list(`actor=nobody&id=${bolt.id}`)).changes).toEqual([])
    expect((await list(`workflow=${bolt.workflow}`)).changes).toHaveLength(1)
    expect((await list(`id=${bolt.id}&created_at[$gte]=2100-01-01T00:00:00Z`)).count).toBe(0)
    const page = await list(`id=${bolt.id}&limit=1&offset=1`)
    expect(page).toMatchObject({ count: 2, changes: [{ action: 'created' }] })
    expect((await world.request('GET', '/admin/changes?limit=x')).status).toBe(400)
  })

  test('includes changes made outside of workflows', async () => {
    const cog = await create('Cog')
    await world.sql(`update brand.brand set website = 'https://cog.test' where id = $1`, [cog.id])
    const { body } = await world.request('GET', `/admin/changes?id=${cog.id}`)
    expect(body.changes[0]).toMatchObject({ actor: null, workflow_id: null, after: { website: 'https://cog.test' } })
  })
})

describe('undoing a finished change', () => {
  test('undoes its rows, returns their number, and is visible', async () => {
    const dyno = await create('Dyno')
    const renamed = await update(dyno.id, { name: 'Dynamo' })
    expect((await undo(renamed)).body).toEqual({ rows: 1 })
    expect(await nameOf(dyno.id)).toBe('Dyno')
    const { body } = await world.request('GET', `/admin/workflows-executions/${renamed}`)
    expect(body.workflow_execution.execution.steps['_root.updateBrands#0'].compensate.state).toBe('reverted')
    expect((await undo(dyno.workflow)).body).toEqual({ rows: 1 })
    expect((await world.request('GET', `/admin/brands/${dyno.id}`)).status).toBe(404)
  })

  test.each(['twice', 'after a later change that depends on it'])('is refused with the reason: %s', async (why) => {
    const brand = await create(`Emu ${why}`)
    const first = await update(brand.id, { name: `Fox ${why}` })
    if (why === 'twice') await undo(first)
    else await update(brand.id, { name: `Gnu ${why}` })
    const before = await nameOf(brand.id)
    const { status, body } = await undo(first)
    expect(status).toBe(400)
    expect(body).toMatchObject({ type: 'not_allowed', code: 'CHANGE_NOT_UNDOABLE' })
    expect(body.message).toMatch(why === 'twice' ? /there is nothing of it to take back/ : /changed it since/)
    expect(await nameOf(brand.id)).toBe(before)
  })

  test('is refused if the change called an external system or did not complete', async () => {
    await world.run(syncBrandsToCms, {})
    const synced = await undo('sync-brands-to-cms/all')
    expect(synced.body.message).toMatch(/it has called the outside world \(createBrandsInCms\)/)
    const refused = await world.request('POST', '/admin/brands/brand_none', { name: 'x' })
    expect(refused.status).toBe(404)
    expect((await undo(refused.headers.get('x-workflow-id')!)).body.message).toMatch(
      /there is nothing of it to take back/,
    )
    expect((await undo('create-brands/none')).status).toBe(404)
  })
})

describe('undo conflicts', () => {
  const list = async (query = '') => (await world.request('GET', `/admin/undo-conflicts${query}`)).body

  test('are listed, retried and dismissed', async () => {
    const [hub, ibex] = [await create('Hub'), await create('Ibex')]
    const entries = await world.sql<{ id: string; receipt: string; row_id: string }>(
      `select id, receipt, row_id from turri.journal where row_id = any($1) order by id`,
      [[hub.id, ibex.id]],
    )
    for (const { id, receipt, row_id } of entries) {
      await world.sql(
        `insert into turri.undo_conflict (entry, receipt, entity, row_id, reason) values ($1, $2, 'brand.brand', $3, 'as a test')`,
        [id, receipt, row_id],
      )
    }
    const { undo_conflicts, count } = await list()
    expect(count).toBe(2)
    expect(undo_conflicts[1]).toMatchObject({ entity_id: hub.id, workflow_id: hub.workflow, reason: 'as a test' })
    const [ofIbex, ofHub] = undo_conflicts

    await update(hub.id, { name: 'Hub 2' })
    const retried = await world.request('POST', `/admin/undo-conflicts/${ofHub.id}/retry`)
    expect(retried.status).toBe(400)
    expect(retried.body).toMatchObject({ code: 'UNDO_CONFLICT', message: expect.stringMatching(/changed it since/) })
    expect((await world.request('POST', `/admin/undo-conflicts/${ofHub.id}/dismiss`)).status).toBe(200)
    expect((await world.request('POST', `/admin/undo-conflicts/${ofIbex.id}/retry`)).body).toEqual({
      id: ofIbex.id,
      settled: true,
    })
    expect((await world.request('GET', `/admin/brands/${ibex.id}`)).status).toBe(404)
    expect((await list()).count).toBe(0)
    expect(
      (await list('?settled=true')).undo_conflicts.map(({ settled_how }: { settled_how: string }) => settled_how),
    ).toEqual(['taken back', 'dismissed'])
    expect((await world.request('POST', '/admin/undo-conflicts/999/retry')).status).toBe(404)
    expect((await world.request('POST', '/admin/undo-conflicts/x/retry')).status).toBe(400)
  })
})

test('GET /admin/events lists events with actors and deliveries', async () => {
  const { id, workflow } = await create('Jay')
  const { body } = await world.request('GET', `/admin/events?workflow_id=${workflow}`)
  expect(body).toMatchObject({
    count: 1,
    events: [{ name: 'brand.created', data: { id }, actor: await me(), workflow_id: workflow, deliveries: [] }],
  })
  expect((await world.request('POST', '/admin/events/evt_none/replay', {})).status).toBe(404)
})
