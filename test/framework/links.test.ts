/** Links of every kind, by their steps: what they allow is a constraint of the database. */
import { defineLink } from '../../framework/link/define-link.ts'
import { linkModule } from '../../framework/link/module.ts'
import { migrate } from '../../framework/migrate.ts'
import { createShopDatabase, inLinkStep, type LinkDatabase } from '../support/shop/links.ts'

const oneToOne = defineLink({
  name: 'product_twin',
  prefix: 'prodtwin',
  left: { entity: 'product', as: 'original' },
  right: { entity: 'supplier', deleteCascade: true },
})
const oneToMany = defineLink({
  name: 'depot_note',
  prefix: 'depnote',
  left: { entity: 'depot', deleteCascade: true },
  right: { entity: 'note', many: true, deleteCascade: true },
})
const manyToMany = defineLink({
  name: 'tag_depot',
  prefix: 'tagdep',
  left: { entity: 'tag', many: true },
  right: { entity: 'depot', many: true },
})
const links = [oneToOne, oneToMany, manyToMany]

let world: LinkDatabase
beforeAll(async () => {
  world = await createShopDatabase(links)
})
afterAll(() => world.stop())

const steps = <R>(work: Parameters<typeof inLinkStep<R>>[2]) => inLinkStep<R>(world.db, links, work)
const rowsOf = (table: string) => world.rows(`select * from link.${table} where deleted_at is null order by id`)

/** How many of these, all at once, succeed; the others are refused. */
async function atOnce(link: string, rows: Record<string, unknown>[]): Promise<string[]> {
  const results = await Promise.allSettled(rows.map((one) => steps((service) => service.createLinks(link, [one]))))
  for (const result of results)
    if (result.status === 'rejected') expect(result.reason).toMatchObject({ type: 'invalid_data' })
  return results.flatMap((result) => (result.status === 'rejected' ? [(result.reason as Error).message] : []))
}

test('one to one: of two requests at once for one side, one is refused, on either side', async () => {
  expect(
    await atOnce('product_twin', [
      { product_id: 'p1', supplier_id: 's1' },
      { product_id: 'p1', supplier_id: 's2' },
    ]),
  ).toEqual(['Product Twin with product_id: p1, already exists.'])
  expect(
    await atOnce('product_twin', [
      { product_id: 'p2', supplier_id: 's9' },
      { product_id: 'p3', supplier_id: 's9' },
    ]),
  ).toEqual(['Product Twin with supplier_id: s9, already exists.'])
  expect(await rowsOf('product_twin')).toHaveLength(2)
})

test('one to many: a note has one depot, a depot many notes', async () => {
  expect(
    await atOnce('depot_note', [
      { depot_id: 'd1', note_id: 'n1' },
      { depot_id: 'd1', note_id: 'n2' },
    ]),
  ).toEqual([])
  expect(await atOnce('depot_note', [{ depot_id: 'd2', note_id: 'n1' }])).toEqual([
    'Depot Note with note_id: n1, already exists.',
  ])
})

test('many to many: all go together, and the same twice is once', async () => {
  const pairs = ['t1', 't2'].flatMap((tag_id) => ['d1', 'd2'].map((depot_id) => ({ tag_id, depot_id })))
  expect(await atOnce('tag_depot', [...pairs, ...pairs, ...pairs])).toEqual([])
  expect(await rowsOf('tag_depot')).toHaveLength(4)
})

test('a link is given an id of its own; of a pair that is there it stays', async () => {
  const link = () => steps((service) => service.createLinks('tag_depot', [{ tag_id: 't9', depot_id: 'd9' }]))
  const [made] = await link()
  expect(made!.id).toMatch(/^tagdep_[0-9A-Z]{26}$/)
  expect(await link()).toEqual([made])
})

test('a dismissed pair frees its place', async () => {
  await steps((service) => service.createLinks('product_twin', [{ product_id: 'p5', supplier_id: 's5' }]))
  expect(
    await steps((service) => service.deleteLinks('product_twin', [{ product_id: 'p5', supplier_id: 's5' }])),
  ).toHaveLength(1)
  expect(
    await steps((service) => service.deleteLinks('product_twin', [{ product_id: 'p5', supplier_id: 's5' }])),
  ).toEqual([])
  expect(await atOnce('product_twin', [{ product_id: 'p5', supplier_id: 's6' }])).toEqual([])
})

test('links declare what is deleted with a row', async () => {
  const of = (entity: string, ids: string[]) => steps((service) => service.deletedWith(entity, ids))
  await steps((service) => service.createLinks('product_twin', [{ product_id: 'p7', supplier_id: 's7' }]))
  expect(await of('product', ['p7'])).toEqual({ supplier: ['s7'] })
  expect(await of('supplier', ['s7'])).toEqual({})
  await steps((service) =>
    service.createLinks('depot_note', [
      { depot_id: 'd7', note_id: 'n7' },
      { depot_id: 'd7', note_id: 'n8' },
    ]),
  )
  expect((await of('depot', ['d7'])).note?.sort()).toEqual(['n7', 'n8'])
})

test('a link that nobody declared, or a column it does not have, is refused', async () => {
  await expect(steps((service) => service.createLinks('nothing', []))).rejects.toThrow("There is no link 'nothing'")
  await expect(
    steps((service) => service.createLinks('tag_depot', [{ tag_id: 'a', depot_id: 'b', rank: 1 }])),
  ).rejects.toMatchObject({ type: 'invalid_data' })
  await expect(steps((service) => service.createLinks('tag_depot', [{ tag_id: 'a' }]))).rejects.toMatchObject({
    type: 'invalid_data',
  })
})

test('a link that comes later, with a name before the others, is migrated too', async () => {
  const later = defineLink({ name: 'a_link', prefix: 'alink', left: { entity: 'tag' }, right: { entity: 'note' } })
  const ran = await migrate(world.db, [linkModule([...links, later])])
  expect(ran.map(({ migration }) => migration)).toEqual(['a_link-0000'])
})
