import { createBrands } from '../../workflows/brand/brands.ts'
import { syncBrandsToCms } from '../../workflows/brand/sync-brands-to-cms.ts'
import { createWorld, type World } from '../support/index.ts'
import { eventually } from '../support/processes.ts'

let world: World
beforeAll(async () => {
  world = await createWorld()
})
afterAll(() => world.stop())

const sync = () => world.run(syncBrandsToCms, {}, `sync-brands-to-cms/${world.config.temporal.worker.taskQueue}`)
const brands = (count: number, prefix: string) =>
  world.run(createBrands, { brands: Array.from({ length: count }, (_, i) => ({ name: `${prefix} ${i}` })) })

test('adds missing brands to the CMS, page by page', async () => {
  const created = await brands(450, 'Works')
  const theirs = created[7]!
  world.cms.items.set(theirs.id, { id: theirs.id, name: 'an editor made this' })

  expect(await sync()).toEqual({ brands: 450, added: 449 })
  expect([...world.cms.items.keys()].sort()).toEqual(created.map((brand) => brand.id).sort())
  expect(world.cms.items.get(theirs.id)).toEqual({ id: theirs.id, name: 'an editor made this' })
  const posts = world.cms.requests.filter((request) => request.startsWith('POST'))
  expect(posts).toEqual(['POST 199', 'POST 200', 'POST 50'])
})

test('sent again, adds nothing', async () => {
  const before = new Map(world.cms.items)
  expect(await sync()).toEqual({ brands: 450, added: 0 })
  expect(world.cms.items).toEqual(before)
})

test('if the CMS refuses halfway, it is left as it was', async () => {
  await brands(450, 'Refused')
  const before = new Map(world.cms.items)
  world.cms.meet('none', { refuse: 'the CMS is full' })

  await expect(sync()).rejects.toMatchObject({ code: 'CMS_REFUSED', message: 'The CMS refused: the CMS is full' })
  expect(world.cms.items).toEqual(before)
  expect(await sync()).toEqual({ brands: 900, added: 450 })
})

test('reports its progress while it runs', async () => {
  await brands(450, 'Far')
  world.cms.hold(2)
  const syncing = sync()
  const id = `sync-brands-to-cms/${world.config.temporal.worker.taskQueue}`
  const added = async () => {
    const { body } = await world.request('GET', `/admin/workflows-executions/${id}`)
    return body.workflow_execution?.progress?.added
  }
  await eventually(async () => (await added()) === 300, 'two pages of three are added')
  world.cms.letGo()
  expect(await syncing).toEqual({ brands: 1350, added: 450 })
})
