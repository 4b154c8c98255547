/** Two changes of one product at once: whichever comes first, nothing is left over, and nothing is half there. */
import pg from 'pg'
import { createWorld, type World } from '../../support/index.ts'
import { rivals, somebodyWaits } from '../../support/rivals.ts'

const ROUNDS = 12

let world: World
beforeAll(async () => {
  world = await createWorld()
})
afterAll(() => world.stop())

const post = (path: string, body: unknown) => world.request('POST', `/admin/${path}`, body)

const variant = (size: string, sku: string) => ({ title: size, sku, options: { Size: size }, prices: [] })

async function product(name: string) {
  const options = [{ title: 'Size', values: ['S', 'M', 'L'] }]
  const { body } = await post('products', { title: name, options, variants: [variant('S', `${name}-S`)] })
  return body.product as {
    id: string
    variants: { id: string }[]
    options: { id: string; values: { id: string; value: string }[] }[]
  }
}

async function newItem(sku: string): Promise<string> {
  const { body } = await post('inventory-items', { sku })
  return body.inventory_item.id
}

/** Has a variant of a product made of an item, too. */
const link = ({ id, variants }: Awaited<ReturnType<typeof product>>, inventory_item_id: string) =>
  post(`products/${id}/variants/${variants[0]!.id}/inventory-items`, { inventory_item_id, required_quantity: 1 })

/** The item that a product's variant was given with it. */
async function itemOf({ variants }: { variants: { id: string }[] }): Promise<string> {
  const text = 'select inventory_item_id as id from link.product_variant_inventory_item where variant_id = $1'
  const [item] = await world.sql<{ id: string }>(text, [variants[0]!.id])
  return item!.id
}

/** What is there of variants and items that are gone: items in stock, price sets and links. */
async function leftovers(): Promise<unknown[]> {
  return world.sql(`
    select 'item ' || i.sku as what from inventory.inventory_item i where i.deleted_at is null and not exists (
      select from link.product_variant_inventory_item l where l.inventory_item_id = i.id and l.deleted_at is null)
    union all select 'price set ' || s.id from pricing.price_set s where s.deleted_at is null and not exists (
      select from link.product_variant_price_set l where l.price_set_id = s.id and l.deleted_at is null)
    union all select 'link of ' || v.title from product.product_variant v join link.product_variant_price_set l on l.variant_id = v.id
      where v.deleted_at is not null and l.deleted_at is null
    union all select 'link to ' || i.sku from inventory.inventory_item i
      join link.product_variant_inventory_item l on l.inventory_item_id = i.id
      where i.deleted_at is not null and l.deleted_at is null`)
}

/** Each round on a product of its own. @returns the statuses, of each round. */
async function rounds(
  name: string,
  race: (made: Awaited<ReturnType<typeof product>>, round: number) => Promise<{ status: number }>[],
) {
  const seen: number[][] = []
  for (let round = 0; round < ROUNDS; round++) {
    const made = await product(`${name}${round}`)
    seen.push((await Promise.all(race(made, round))).map(({ status }) => status))
  }
  return seen
}

test('a product is deleted while a variant is added', async () => {
  const seen = await rounds('gone', ({ id }, round) => [
    world.request('DELETE', `/admin/products/${id}`),
    post(`products/${id}/variants`, variant('M', `gone${round}-M`)),
  ])
  expect(seen.map(([deleted]) => deleted)).toEqual(Array(ROUNDS).fill(200))
  expect(seen.every(([, added]) => added === 200 || added === 404)).toBe(true)
  expect(await leftovers()).toEqual([])
})

test('a product is deleted while its variants are replaced', async () => {
  await rounds('replaced', ({ id, variants }, round) => [
    world.request('DELETE', `/admin/products/${id}`),
    post(`products/${id}`, { variants: [{ id: variants[0]!.id }, variant('M', `replaced${round}-M`)] }),
  ])
  expect(await leftovers()).toEqual([])
})

test('two concurrent updates that list all variants each delete what the other created', async () => {
  const seen = await rounds('lists', ({ id, variants }, round) => [
    post(`products/${id}`, { variants: [{ id: variants[0]!.id }, variant('M', `lists${round}-M`)] }),
    post(`products/${id}`, { variants: [{ id: variants[0]!.id }, variant('L', `lists${round}-L`)] }),
  ])
  expect(seen).toEqual(Array(ROUNDS).fill([200, 200]))
  expect(await leftovers()).toEqual([])
  const counts = await world.sql<{ n: number }>(`
    select count(*)::int as n from product.product_variant v join product.product p on p.id = v.product_id
    where p.title like 'lists%' and v.deleted_at is null group by p.id`)
  expect(counts.map(({ n }) => n)).toEqual(Array(ROUNDS).fill(2))
})

test('an option value is deleted while a variant gets it', async () => {
  const seen = await rounds('value', ({ id, options }, round) => {
    const { id: option, values } = options[0]!
    const medium = values.find(({ value }) => value === 'M')!.id
    return [
      world.request('DELETE', `/admin/product-options/${option}/values/${medium}`),
      post(`products/${id}/variants`, variant('M', `value${round}-M`)),
    ]
  })
  expect(seen.filter(([deleted, added]) => deleted === 200 && added === 200)).toEqual([])
  expect(seen.every(([deleted, added]) => deleted === 200 || added === 200)).toBe(true)
  const bare = await world.sql(`
    select v.title from product.product_variant v where v.deleted_at is null and not exists (
      select from product.product_variant_option o join product.product_option_value w on w.id = o.option_value_id
      where o.variant_id = v.id and w.deleted_at is null)`)
  expect(bare).toEqual([])
  expect(await leftovers()).toEqual([])
})

test('a product is deleted while another gets its inventory item', async () => {
  const [leaving, staying] = [await product('leaving'), await product('staying')]
  const item = await itemOf(leaving)
  const answers = await rivals(world, `from product.product where id = '${leaving.id}'`, () => [
    world.request('DELETE', `/admin/products/${leaving.id}`),
    link(staying, item),
  ])
  expect(answers.map(({ status }) => status)).toEqual([200, 200])
  expect((await world.request('GET', `/admin/inventory-items/${item}`)).status).toBe(200)
  expect(await leftovers()).toEqual([])
  expect((await world.request('DELETE', `/admin/products/${staying.id}`)).status).toBe(200)
  expect((await world.request('GET', `/admin/inventory-items/${item}`)).status).toBe(404)
  expect(await leftovers()).toEqual([])
})

test('two products that share an inventory item are deleted at once, with the item', async () => {
  const pair = [await product('left'), await product('right')]
  await link(pair[1]!, await itemOf(pair[0]!))
  const held = `from product.product where id in (${pair.map(({ id }) => `'${id}'`).join()})`
  const answers = await rivals(world, held, () =>
    pair.map(({ id }) => world.request('DELETE', `/admin/products/${id}`)),
  )
  expect(answers.map(({ status }) => status)).toEqual([200, 200])
  expect(await leftovers()).toEqual([])
})

test('an inventory item is deleted while it is linked to a variant', async () => {
  const made = await product('linking')
  const item = await newItem('fleeting')
  const holder = new pg.Client({ connectionString: world.databaseUrl })
  await holder.connect()
  await holder.query('begin')
  const pair = `insert into link.product_variant_inventory_item (id, variant_id, inventory_item_id) values ('held', $1, $2)`
  await holder.query(pair, [made.variants[0]!.id, item])
  const linking = link(made, item)
  await somebodyWaits(world)
  const deleting = world.request('DELETE', `/admin/inventory-items/${item}`)
  await Promise.race([deleting, somebodyWaits(world, 2)])
  await holder.query('rollback')
  await holder.end()
  expect([(await linking).status, (await deleting).status]).toEqual([200, 200])
  expect(await leftovers()).toEqual([])
})
