/** How many of a variant there are: one expression, over the links and levels; no Temporal is asked. */
import { sql } from 'kysely'
import type { Database } from '../../framework/database.ts'
import type { Query } from '../../framework/query.ts'
import { core } from '../../index.ts'
import { createQuery } from '../../query/index.ts'
import { shape } from '../../query/shape.ts'
import { freshDatabase } from '../support/fresh-database.ts'

const statements: string[] = []
let db: Database
let query: Query
beforeAll(async () => {
  const { modules, links } = core()
  db = (await freshDatabase(modules, { onStatement: (text) => void statements.push(text) })).db
  query = createQuery(db, modules, links)
  await insert('product.product_variant', [
    { id: 'plain', title: 'Plain', manage_inventory: true },
    { id: 'bundle', title: 'Bundle', manage_inventory: true },
    { id: 'unmanaged', title: 'Unmanaged', manage_inventory: false },
    { id: 'bare', title: 'Bare', manage_inventory: true },
    { id: 'nowhere', title: 'Nowhere', manage_inventory: true },
  ])
  await insert('inventory.inventory_item', [{ id: 'bolt' }, { id: 'board' }, { id: 'dust' }])
  await insert('inventory.inventory_level', [
    { ...levelOf('bolt', 'here', 25), reserved_quantity: 2 },
    levelOf('bolt', 'there', 10),
    { ...levelOf('bolt', 'gone', 1000), deleted_at: 'now' },
    levelOf('board', 'here', 2.5),
    { ...levelOf('dust', 'here', 1), reserved_quantity: 5, backorder_quantity: 5 },
  ])
  await insert('link.product_variant_inventory_item', [
    needs('plain', 'bolt', 1),
    needs('bundle', 'bolt', 4),
    needs('bundle', 'board', 0.5),
    { ...needs('bundle', 'dust', 1), deleted_at: 'now' },
    needs('unmanaged', 'bolt', 1),
    needs('nowhere', 'dust', 1),
  ])
  await insert('link.sales_channel_stock_location', [
    sells('web', 'here'),
    sells('shop', 'there'),
    { ...sells('shop', 'here'), deleted_at: 'now' },
    sells('old', 'gone'),
  ])
})
afterAll(() => db.destroy())

const levelOf = (item: string, place: string, stocked_quantity: number) => ({
  id: `${item}-${place}`,
  inventory_item_id: item,
  location_id: place,
  stocked_quantity,
})
const needs = (variant_id: string, inventory_item_id: string, required_quantity: number) => ({
  id: `${variant_id}-${inventory_item_id}`,
  variant_id,
  inventory_item_id,
  required_quantity,
})

const sells = (sales_channel_id: string, stock_location_id: string) => ({
  id: `${sales_channel_id}-${stock_location_id}`,
  sales_channel_id,
  stock_location_id,
})

async function insert(table: string, rows: object[]): Promise<void> {
  for (const row of rows) {
    const names = sql.join(Object.keys(row).map((name) => sql.id(name)))
    await sql`insert into ${sql.table(table)} (${names}) values (${sql.join(Object.values(row))})`.execute(db)
  }
}

const Available = shape('product_variant', { id: true, inventory_quantity: true })

async function quantities(context: Record<string, unknown> = {}): Promise<Record<string, number | null | undefined>> {
  const rows = await query.find(Available, {}, { context })
  return Object.fromEntries(rows.map((row) => [row.id, row.inventory_quantity]))
}

test('the quantity of a variant is limited by its scarcest item, over all locations', async () => {
  statements.length = 0
  expect(await quantities()).toEqual({ plain: 33, bundle: 5, bare: null, nowhere: -4 })
  expect(statements).toHaveLength(1)
})

test('a variant whose stock is not managed has no quantity', async () => {
  const asked = { fields: ['id', 'title', 'inventory_quantity'], filters: { id: 'unmanaged' } }
  const { rows } = await query.list('product_variant', asked)
  expect(rows.map(Object.keys)).toEqual([['id', 'title']])
  expect(Object.keys(await query.retrieve('product_variant', 'unmanaged', { fields: asked.fields }))).toEqual([
    'id',
    'title',
  ])
  expect(Object.keys(await query.retrieve('product_variant', 'bare', { fields: asked.fields }))).toEqual(asked.fields)
})

test('with sales channels, only their locations count', async () => {
  const inChannels = (...sales_channel_ids: string[]) => quantities({ sales_channel_ids })
  expect(await inChannels('web')).toMatchObject({ plain: 23, bundle: 5, nowhere: -4 })
  expect(await inChannels('shop')).toMatchObject({ plain: 10, bundle: 0, nowhere: 0 })
  expect(await inChannels('web', 'shop')).toMatchObject({ plain: 33 })
  expect(await inChannels('old')).toMatchObject({ plain: 0 })
  expect(await inChannels()).toMatchObject({ plain: 0, bare: null })
})

test('the quantity is available through relations and filters, and computed only if selected', async () => {
  const { rows } = await query.list('inventory_item', {
    fields: ['variants.id', 'variants.inventory_quantity', 'variant_link.required_quantity'],
    filters: { id: 'board' },
  })
  expect(rows).toEqual([
    {
      variants: [{ id: 'bundle', inventory_quantity: 5 }],
      variant_link: [{ required_quantity: 0.5 }],
    },
  ])
  const found = await query.list('product_variant', { fields: ['id'], filters: { inventory_quantity: { $gt: 5 } } })
  expect(found.rows).toEqual([{ id: 'plain' }])
  statements.length = 0
  await query.list('product_variant', { fields: ['*', 'inventory_items.required_quantity', 'inventory.sku'] })
  expect(statements[0]).not.toContain('inventory_level')
})

test('a required quantity of zero is ignored', async () => {
  await expect(insert('link.product_variant_inventory_item', [needs('bare', 'bolt', 0)])).rejects.toThrow(
    'the required quantity must be more than nothing',
  )
})
