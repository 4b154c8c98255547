import { syncBrandsToCms } from '../../workflows/brand/sync-brands-to-cms.ts'
import { createWorld, type World } from '../support/index.ts'

let world: World
beforeAll(async () => {
  world = await createWorld({ moduleTaskQueues: { brand: 'brand', cms: 'cms' } })
})
afterAll(() => world.stop())

test('calls, writes and undos use the task queues of their modules', async () => {
  for (const name of ['Acme', 'Bolt']) {
    expect((await world.request('POST', '/admin/brands', { name })).status).toBe(200)
  }
  world.cms.meet('drop after storing', { refuse: 'no room' })
  await expect(world.run(syncBrandsToCms, {})).resolves.toEqual({ brands: 2, added: 2 })
  world.cms.items.clear()
  world.cms.troubles.length = 0
  world.cms.meet({ refuse: 'no room' })
  await expect(world.run(syncBrandsToCms, {})).rejects.toMatchObject({ code: 'CMS_REFUSED' })
  expect(world.cms.items.size).toBe(0)
})
