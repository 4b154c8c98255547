/** What callers get while a change is slow, or too much is going on. */
import { NativeConnection } from '@temporalio/worker'
import { openDatabase } from '../../framework/database.ts'
import { createLogger } from '../../framework/log.ts'
import { createRunner } from '../../framework/run.ts'
import { createClient } from '../../framework/temporal/client.ts'
import { assembleApi } from '../../server.ts'
import { createBrands } from '../../workflows/brand/brands.ts'
import { nightlySyncBrandsToCms } from '../../workflows/brand/nightly-sync-brands-to-cms.ts'
import { createWorld, type World } from '../support/index.ts'
import { startProxy } from '../support/proxy.ts'

let world: World
beforeAll(async () => {
  world = await createWorld()
  await world.token() // before anything is slow
  await world.run(createBrands, { brands: [{ name: 'Slow' }] })
})
afterAll(() => world.stop())

/** The API of the world with other limits. */
const apiWith = (
  limits: { maxChanges: number; waitMs: number; catalogue?: ReadonlySet<string> },
  client = world.client,
) => {
  const log = createLogger({ level: 'silent' })
  const db = openDatabase({ url: world.databaseUrl, max: 1, readOnly: true, log })
  const { taskQueue } = world.config.temporal.worker
  const runner = createRunner({ client, taskQueue, eager: true, digest: world.config.digest, ...limits })
  return assembleApi({
    project: world.project,
    config: world.config,
    client,
    db,
    runner,
    log,
    state: { draining: false },
  })
}

const asUser = async () => ({ authorization: `Bearer ${await world.token()}` })
const create = async (name: string) => ({
  method: 'POST',
  headers: { 'content-type': 'application/json', ...(await asUser()) },
  body: JSON.stringify({ name }),
})

test('a change that takes longer than the wait is answered 202, with where to look, and goes on', async () => {
  const api = apiWith({ maxChanges: 10, waitMs: 300 })
  world.cms.hold()
  const answer = await api.request('/admin/brands/sync', { method: 'POST', headers: await asUser() })
  expect(answer.status).toBe(202)
  expect(answer.headers.get('x-workflow-id')).toBe('sync-brands-to-cms/all')
  const location = answer.headers.get('location')!
  expect(location).toBe('/admin/workflows-executions/sync-brands-to-cms/all')
  expect(await answer.json()).toEqual({ workflow_id: 'sync-brands-to-cms/all', state: 'invoking', location })
  const stateNow = async () => (await world.request('GET', location)).body.workflow_execution.state
  expect(await stateNow()).toBe('invoking')

  const joined = await world.run(nightlySyncBrandsToCms, undefined)
  expect(joined).toEqual({ joined: 'sync-brands-to-cms/all' })
  world.cms.letGo()
  await world.client.workflow.getHandle('sync-brands-to-cms/all').result()
  expect(await stateNow()).toBe('done')
  expect(world.cms.items.size).toBe(1)
})

test('the clock’s sync runs the one sync where none runs', async () => {
  expect(await world.run(nightlySyncBrandsToCms, undefined)).toEqual({ brands: 1, added: 0 })
})

test('more changes than may be in flight are answered 503, to be tried again', async () => {
  const api = apiWith({ maxChanges: 2, waitMs: 170_000 })
  const requests = await Promise.all(['a', 'b', 'c'].map((name) => create(`Flight ${name}`)))
  const answers = await Promise.all(requests.map((request) => api.request('/admin/brands', request)))
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 503])
  const refused = answers.find(({ status }) => status === 503)!
  expect(refused.headers.get('retry-after')).toBe('1')
  expect(await refused.json()).toMatchObject({ type: 'unavailable', code: 'TOO_MANY_CHANGES' })
  expect((await api.request('/admin/brands', await create('Flight d'))).status).toBe(200)
})

test('a workflow that the project does not export is a fault at once, not a change that nobody runs', async () => {
  const api = apiWith({ maxChanges: 2, waitMs: 170_000, catalogue: new Set(['deleteBrands']) })
  const answer = await api.request('/admin/brands', await create('Nobody runs it'))
  expect(answer.status).toBe(500)
  expect(await world.sql("select id from brand.brand where name = 'Nobody runs it'")).toEqual([])
})

test('while Temporal is away a change is refused, to be sent again', async () => {
  const { address } = world.config.temporal.connect
  const proxy = await startProxy(address!)
  const connection = await NativeConnection.connect({ address: proxy.address })
  const api = apiWith({ maxChanges: 10, waitMs: 170_000 }, createClient(connection, world.config))
  expect((await api.request('/admin/brands', await create('There'))).status).toBe(200)
  proxy.close()
  const answer = await api.request('/admin/brands', await create('Away'))
  expect(answer.status).toBe(503)
  expect(await answer.json()).toMatchObject({ message: 'Temporal cannot be reached at the moment. Try again.' })
  await connection.close().catch(() => {})
})

test('a change that is larger than Temporal takes is refused', async () => {
  const api = apiWith({ maxChanges: 10, waitMs: 170_000 })
  const products = Array.from({ length: 1000 }, (_, i) => ({ title: `${i}`, description: 'x'.repeat(2040) }))
  const [body, headers] = [JSON.stringify({ create: products }), (await create('')).headers]
  const answer = await api.request('/admin/products/batch', { method: 'POST', headers, body })
  const message = 'The change is too large: send it in parts'
  expect([body.length < 2 ** 21, answer.status, await answer.json()]).toMatchObject([true, 400, { message }])
})
