/** Two changes of one product at once: whichever comes first, nothing is left over, and nothing is half there. */
import { createWorld, type World } from '../support/index.ts'

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

/** What is there of variants that are gone: their items in stock, price sets and links. */
async function leftovers(): Promise<unknown[]> {
  return world.sql(`
    select 'item ' || i.sku as what from inventory.inventory_item i where i.deleted_at is null and not exists (
      select from link.product_variant_inventory_item l where l.inventory_item_id = i.id and l.deleted_at is null)
    union all select 'price set ' || s.id from pricing.price_set s where s.deleted_at is null and not exists (
      select from link.product_variant_price_set l where l.price_set_id = s.id and l.deleted_at is null)
    union all select 'link of ' || v.title from product.product_variant v join link.product_variant_price_set l on l.variant_id = v.id
      where v.deleted_at is not null and l.deleted_at is null`)
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

test('of two lists of all variants that come at once each takes away what the other has added', async () => {
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

test('a value of an option is deleted while a variant takes it', async () => {
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
