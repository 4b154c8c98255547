/** The sync against a CMS that refuses, stalls, lies and breaks off: all missing brands, or exactly as before. */
import { createBrands, deleteBrands } from '../../workflows/brand/brands.ts'
import { syncBrandsToCms } from '../../workflows/brand/sync-brands-to-cms.ts'
import type { Item } from '../support/fake-cms.ts'
import { createWorld, type Trouble, type World } from '../support/index.ts'

let world: World
let ids: string[]
let before: Map<string, Item>
beforeAll(async () => {
  world = await createWorld()
})
afterAll(() => world.stop())
beforeEach(async () => {
  const brands = Array.from({ length: 410 }, (_, i) => ({ name: `Brand ${i}`, handle: `brand-${Date.now()}-${i}` }))
  ids = (await world.run(createBrands, { brands })).map(({ id }) => id)
  world.cms.items.set(ids[0]!, { id: ids[0]!, name: 'an editor was first', sync_mark: null })
  before = new Map(world.cms.items)
})
afterEach(async () => {
  await world.cms.quiet()
  await world.run(deleteBrands, { ids })
  world.cms.items.clear()
})

const sync = () => world.run(syncBrandsToCms, {}, `sync-brands-to-cms/${world.config.temporal.worker.taskQueue}`)

test.each<[string, Trouble[]]>([
  ['the connection is dropped', ['drop']],
  ['the connection is dropped after the pages were stored', ['none', 'drop after storing']],
  ['it answers 429, then 503', [{ status: 429 }, { status: 503 }]],
  ['it stalls longer than a request may take, and stores the pages after all', [{ stallMs: 9000 }]],
])('when %s, the sync goes on and every page is there once', async (_, troubles) => {
  world.cms.meet(...troubles)
  expect(await sync()).toEqual({ brands: 410, added: 409 })
  expect([...world.cms.items.keys()].sort()).toEqual([...ids].sort())
  expect(world.cms.items.get(ids[0]!)).toEqual(before.get(ids[0]!))
})

test.each<[string, Trouble[]]>([
  ['at the first page', [{ refuse: 'no' }]],
  ['at the last page', ['none', 'none', { refuse: 'no' }]],
  ['after having stored a page without saying so', ['none', 'drop after storing', { refuse: 'no' }]],
  ['after a page that was stored late', [{ stallMs: 8500 }, { refuse: 'no' }]],
])('when it refuses %s, everything is as before', async (_, troubles) => {
  world.cms.meet(...troubles)
  await expect(sync()).rejects.toMatchObject({ code: 'CMS_REFUSED' })
  expect(world.cms.items).toEqual(before)
})

test('a page that an editor adds during the sync is never deleted', async () => {
  const editors = { id: ids[5]!, name: 'an editor was faster', sync_mark: null }
  world.cms.meet('none', { refuse: 'no' })
  world.cms.hold()
  const syncing = sync()
  while (!world.cms.requests.some((request) => request === 'POST 199')) await new Promise((r) => setTimeout(r, 5))
  world.cms.items.set(editors.id, editors)
  world.cms.letGo()
  await expect(syncing).rejects.toMatchObject({ code: 'CMS_REFUSED' })
  expect(world.cms.items).toEqual(new Map([...before, [editors.id, editors]]))
})

test('an unavailable CMS is given up after ten attempts', async () => {
  world.cms.goDown()
  const syncing = sync()
  syncing.catch(() => {})
  while (world.cms.requests.filter((request) => request.startsWith('GET')).length < 10) {
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  await expect(syncing).rejects.toMatchObject({ code: 'CMS_UNAVAILABLE', type: 'unavailable' })
  world.cms.recover()
  expect(world.cms.items).toEqual(before)
})

test('two concurrent syncs are one', async () => {
  const [first, second] = await Promise.all([sync(), sync()])
  expect(second).toEqual(first)
  expect(world.cms.items.size).toBe(410)
})

test('without a CMS the sync is refused with the variables to set', async () => {
  const alone = await createWorld({
    project: (core) => ({ ...core, modules: core.modules.map((m) => (m.name === 'cms' ? m.with({}) : m)) }),
  })
  await alone.run(createBrands, { brands: [{ name: 'Alone' }] })
  await expect(alone.run(syncBrandsToCms, {}, 'alone')).rejects.toMatchObject({
    code: 'CMS_NOT_CONFIGURED',
    message: 'No CMS is configured: set CMS_URL and CMS_TOKEN.',
  })
  await alone.stop()
})
