import { setTimeout } from 'node:timers/promises'
import { sql } from 'kysely'
import { lockMatching } from '../../framework/activities/facts.ts'
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
  expect(await shop.query.find(Product, { id: one, variants: { product: { id: [] } } })).toEqual([])
  expect(shop.statements.length).toBe(before)
  expect(await shop.query.find(Product, { id: one, $not: { variants: { sku: [] } } })).toHaveLength(1)
})

test('rows that match are locked; one that is deleted meanwhile is not among them', async () => {
  const [gone, ...kept] = ['locked_1', 'locked_2', 'locked_3']
  await sql`insert into shop.tag (id, value) select 'locked_' || i, 'locked' from generate_series(1, 3) as i`.execute(
    shop.db,
  )
  await shop.db.transaction().execute(async (trx) => {
    const deleting = await shop.db.startTransaction().execute()
    await sql`update shop.tag set deleted_at = now() where id = ${gone}`.execute(deleting)
    const locking = lockMatching(shop.query.on(trx), Tag, { value: 'locked' })
    await Promise.race([locking, waitForLock()])
    await deleting.commit().execute()
    expect((await locking).sort()).toEqual(kept)
    const free = sql`select id from shop.tag where value = 'locked' and deleted_at is null for update skip locked`
    expect((await free.execute(shop.db)).rows).toEqual([])
  })
})

/** Returns once somebody waits for a row of this database. */
async function waitForLock(): Promise<void> {
  const waiting = sql`
    select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`
  for (let tries = 0; tries < 500 && (await waiting.execute(shop.db)).rows.length === 0; tries++) await setTimeout(20)
}

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
