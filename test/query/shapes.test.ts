import { sql } from 'kysely'
import { defineLink } from '../../framework/link/define-link.ts'
import { createQuery } from '../../query/index.ts'
import { shape, shopLinks, shopModules } from '../support/shop/modules.ts'
import { createShop, type ShopWorld } from './world.ts'

let shop: ShopWorld
beforeAll(async () => {
  shop = await createShop(7)
})
afterAll(() => shop.stop())

const Product = shape('product', { id: true, title: true, variants: [{ sku: true }], supplier: { name: true } })
const Tag = shape('tag', { id: true })

const products = () => shop.tables.product.filter(({ deleted_at }) => deleted_at === null)

test('all rows that match are found, however many there are', async () => {
  await sql`insert into shop.tag (id, value) select 'many_' || i, 'many' from generate_series(1, 1001) as i`.execute(
    shop.db,
  )
  const found = await shop.query.find(Tag, { value: 'many' })
  expect(new Set(found.map(({ id }) => id)).size).toBe(1001)
})

test('a row is what its shape says', async () => {
  const [{ id }] = products() as [{ id: string }]
  const row = await shop.query.first(Product, { id })
  expect(Object.keys(row!).sort()).toEqual(['id', 'supplier', 'title', 'variants'])
  expect(row).toEqual({ id, title: expect.any(String), variants: expect.any(Array), supplier: row!.supplier })
  expect(await shop.query.retrieve(Product, id)).toEqual(row)
  expect((await shop.query.list(Product, { filters: { id } })).rows).toEqual([row])
})

test('ids that are missing or said twice do no harm, and an empty list asks nothing', async () => {
  const [one, other] = products().map(({ id }) => id) as [string, string]
  const found = await shop.query.find(Product, { id: [one, null, other, undefined, one, 'prod_none'] }, { order: 'id' })
  expect(found.map(({ id }) => id)).toEqual([one, other].sort())
  const before = shop.statements.length
  expect(await shop.query.find(Product, { id: [] })).toEqual([])
  expect(await shop.query.find(Product, { id: [null, undefined] })).toEqual([])
  expect(await shop.query.first(Product, { supplier_id: [] })).toBeUndefined()
  expect(shop.statements.length).toBe(before)
})

test('null among the values of another field is a value', async () => {
  const without = products().filter(({ rank }) => rank === null)
  expect(without.length).toBeGreaterThan(0)
  const found = await shop.query.find(Product, { rank: [null] })
  expect(found.map(({ id }) => id).sort()).toEqual(without.map(({ id }) => id).sort())
})

test.each([
  ['a field', 'nothing', "There is no field 'nothing': the entity product has no 'nothing' to show"],
  ['a secret', 'secret', "There is no field 'secret': the entity product has no 'secret' to show"],
  ['a name of every object', 'toString', "the entity product has no 'toString' to show"],
  ['a field of a relation', 'variants.nothing', "the entity variant has no 'nothing' to show"],
  ['a field of what is outside', 'page.nothing', "the entity page has no 'nothing' to show"],
])('%s that there is not throws where our own code asks for it', async (_, path, message) => {
  const page = { fields: ['id', 'title'], fetch: async () => [] }
  const outside = [...shopModules, { ...shopModules[0]!, name: 'pages', models: {}, outside: { page } }]
  const toPage = defineLink({ kind: 'readonly', from: 'product', column: 'supplier_id', as: 'page', to: 'page' })
  const query = createQuery(shop.readDb, outside, [...shopLinks, toPage])
  await expect(query.list('product', { fields: ['id', path] })).rejects.toThrow(message)
  await expect(query.list('product', { config: { defaults: ['id', path] } })).rejects.toThrow(message)
  const [{ id }] = (await query.list('product', { limit: 1 })).rows as [{ id: string }]
  const { rows } = await query.list('product', { fields: `id,${path}`, filters: { id }, config: { defaults: [] } })
  expect(Object.keys(rows[0]!).filter((name) => name !== 'variants' && name !== 'page')).toEqual(['id'])
})
