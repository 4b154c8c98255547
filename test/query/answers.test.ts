/** How an answer is made: Postgres' own text, computed fields, what is outside, the transaction of a step. */
import { jest } from '@jest/globals'
import { sql } from 'kysely'
import { defineLink } from '../../framework/link/define-link.ts'
import { defineModule } from '../../framework/model/module.ts'
import type { OutsideRequest } from '../../framework/model/outside.ts'
import { Service } from '../../framework/model/service.ts'
import { createQuery } from '../../query/index.ts'
import { shape, shopLinks, shopModules } from '../support/shop/modules.ts'
import { createShop, type ShopWorld } from './world.ts'

let shop: ShopWorld
const batches: OutsideRequest<string>[] = []
beforeAll(async () => {
  shop = await createShop(11)
})
beforeEach(() => batches.splice(0))
afterAll(() => shop.stop())

class Nothing extends Service {}

const pages = defineModule<Nothing, string>({
  name: 'pages',
  service: Nothing,
  options: 'its options',
  outside: {
    page: {
      fields: ['id', 'title', 'length'],
      fetch: async (request) => {
        batches.push(request)
        return request.ids.filter((id) => id !== 'sup_001').map((id) => ({ id, title: `About ${id}`, more: 'unasked' }))
      },
    },
  },
})
const links = [
  ...shopLinks,
  defineLink({ kind: 'readonly', from: 'supplier', column: 'id', as: 'page', to: 'page' }),
  defineLink({ kind: 'readonly', from: 'product', column: 'supplier_id', as: 'supplier_page', to: 'page' }),
]
const query = () => createQuery(shop.readDb, [...shopModules, pages as never], links)

test('the text of an answer is that of Postgres where nothing has to be added', async () => {
  const parse = jest.spyOn(JSON, 'parse')
  const { json } = await shop.query.listJson('product', { fields: ['id', 'variants.sku', 'stock'], limit: 3 })
  const one = await shop.query.retrieveJson('supplier', 'sup_000', {
    withDeleted: true,
    fields: ['name', 'products.title'],
  })
  expect(parse).not.toHaveBeenCalled()
  parse.mockRestore()
  expect(JSON.parse(json)).toHaveLength(3)
  expect(JSON.parse(one).name).toBe(shop.tables.supplier[0]!.name)
})

test('points in time are ISO 8601 in UTC with milliseconds, at every depth', async () => {
  const rows = await shop.query.find(shape('product', { variants: [{ created_at: true }] }))
  const times = rows.flatMap(({ variants }) => variants.map(({ created_at }) => created_at))
  expect(times.length).toBeGreaterThan(3)
  for (const time of times) expect(new Date(time).toISOString()).toBe(time)
})

test('what is outside is fetched in one batch for each place, with the fields that were asked for', async () => {
  const before = shop.statements.length
  const { rows } = await query().list('product', {
    fields: ['supplier_id', 'supplier.page.title', 'supplier_page.id', 'supplier_page.length'],
    withDeleted: true,
  })
  expect(shop.statements.length - before).toBe(1)
  expect(batches.map(({ fields, options }) => [fields.sort(), options])).toEqual(
    expect.arrayContaining([
      [['id', 'title'], 'its options'],
      [['id', 'length'], 'its options'],
    ]),
  )
  expect(batches).toHaveLength(2)
  for (const { ids } of batches) expect(new Set(ids).size).toBe(ids.length)
  for (const row of rows as Record<string, unknown>[]) {
    const { supplier_id } = row
    const isThere = supplier_id !== null && supplier_id !== 'sup_001'
    expect(row.supplier_page).toEqual(isThere ? { id: supplier_id, length: null } : null)
    const known = supplier_id !== null && supplier_id !== 'sup_none'
    expect(row.supplier).toEqual(known ? { page: isThere ? { title: `About ${supplier_id}` } : null } : null)
  }
})

test('where nothing refers to it, what is outside is not asked', async () => {
  await query().list('product', { fields: ['supplier_page.title'], filters: { supplier_id: null } })
  await query().list('product', { fields: ['id'] })
  expect(batches).toEqual([])
})

test('what is outside cannot be filtered or ordered by', async () => {
  await expect(query().list('supplier', { filters: { page: { title: 'a' } } })).rejects.toThrow(
    'column supplier.page does not exist',
  )
  await expect(query().list('supplier', { order: 'page.title' })).rejects.toThrow('Order field page.title is not valid')
})

test('in a transaction, reads see what it wrote, and do not wait for the outside', async () => {
  await shop.db.transaction().execute(async (trx) => {
    await sql`insert into shop.tag (id, value) values ('tag_new', 'new')`.execute(trx)
    const inside = query().on(trx)
    expect(await inside.list('tag', { filters: { value: 'new' }, fields: ['id'] })).toEqual({
      rows: [{ id: 'tag_new' }],
      count: 1,
    })
    expect((await query().list('tag', { filters: { value: 'new' } })).count).toBe(0)
    await expect(inside.list('supplier', { fields: ['page.title'] })).rejects.toThrow('A step cannot read')
  })
})

test('questions of one shape are one prepared statement, others are forgotten in time', async () => {
  const prepared = async (trx: typeof shop.db) =>
    (await sql<{ name: string }>`select name from pg_prepared_statements`.execute(trx)).rows.length
  await shop.db.connection().execute(async (connection) => {
    const asked = query().on(connection)
    const before = await prepared(connection)
    for (const value of ['ant', 'bee', 'cat'])
      await asked.list('tag', { filters: { value: [value, 'x'] }, q: value, limit: 3 })
    expect(await prepared(connection)).toBe(before + 1)
    for (let i = 0; i < 230; i++)
      await asked.list('product', { fields: ['id'], filters: { data: {} }, order: Array(i).fill('id') })
    expect(await prepared(connection)).toBe(200)
    expect((await asked.list('tag', { filters: { value: 'ant' } })).rows).toBeDefined()
  })
})
