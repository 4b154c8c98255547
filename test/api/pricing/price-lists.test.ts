import { type Database, openDatabase } from '../../../framework/database.ts'
import { createLogger } from '../../../framework/log.ts'
import type { Query } from '../../../framework/query.ts'
import { createQuery } from '../../../query/index.ts'
import { shape } from '../../../query/shape.ts'
import { createWorld, type World } from '../../support/index.ts'

let world: World
let db: Database
let query: Query
beforeAll(async () => {
  world = await createWorld()
  const { databaseUrl: url, project } = world
  db = openDatabase({ url, max: 1, readOnly: true, log: createLogger({ level: 'silent' }) })
  query = createQuery(db, project.modules, project.links)
})
afterAll(async () => {
  await db.destroy()
  await world.stop()
})

const path = '/admin/price-lists'
let count = 0

/** A product, with the ids of so many variants at 10 euros each. */
async function product(variants = 2): Promise<{ id: string; variants: string[] }> {
  const sizes = Array.from({ length: variants }, (_, i) => `S${i}`)
  const { body } = await world.request('POST', '/admin/products', {
    title: `Shirt ${++count}`,
    options: [{ title: 'Size', values: sizes }],
    variants: sizes.map((size) => ({
      title: size,
      options: { Size: size },
      manage_inventory: false,
      prices: [{ currency_code: 'eur', amount: 10 }],
    })),
  })
  return { id: body.product.id, variants: body.product.variants.map(({ id }: { id: string }) => id) }
}

async function create(more: Record<string, unknown> = {}) {
  const { status, body } = await world.request('POST', path, { title: 'Sale', description: 'Cheap', ...more })
  expect([status, body.message]).toEqual([200, undefined])
  return body.price_list
}

const pricesOf = async (id: string) => (await world.request('GET', `${path}/${id}/prices`)).body.prices
const batch = (id: string, body: unknown) => world.request('POST', `${path}/${id}/prices/batch`, body)
const eur = (variant_id: string, amount: number, more = {}) => ({ variant_id, currency_code: 'EUR', amount, ...more })

const Priced = shape('product_variant', { calculated_price: true })

/** What a variant costs whom. */
async function priceOf(variant: string, context: Record<string, unknown> = {}) {
  const priced = await query.first(Priced, { id: variant }, { context: { currency_code: 'eur', ...context } })
  return priced!.calculated_price!.calculated_amount
}

test('a price list is created, listed, updated and deleted; its rules are an object', async () => {
  const rules = { 'customer.groups.id': ['cusgroup_1', 'cusgroup_2'] }
  const list = await create({ title: 'Spring', rules, starts_at: '2026-01-01', metadata: { a: 1 } })
  expect(list).toEqual({
    id: expect.stringMatching(/^plist_/),
    type: 'sale',
    description: 'Cheap',
    title: 'Spring',
    status: 'draft',
    starts_at: '2026-01-01T00:00:00.000Z',
    ends_at: null,
    created_at: list.created_at,
    updated_at: list.updated_at,
    deleted_at: null,
    metadata: { a: 1 },
    rules,
  })
  const found = await world.request('GET', `${path}?q=spri&status[]=draft&rules_count[]=1`)
  expect(found.body).toEqual({ price_lists: [list], count: 1, offset: 0, limit: 50 })
  const other = { region_id: ['reg_1'] }
  const changed = await world.request('POST', `${path}/${list.id}`, { status: 'active', rules: other })
  expect(changed.body.price_list).toMatchObject({ title: 'Spring', status: 'active', rules: other })
  const same = await world.request('POST', `${path}/${list.id}`, { title: 'Summer' })
  expect(same.body.price_list).toMatchObject({ title: 'Summer', rules: other })
  expect((await world.request('GET', `${path}/${list.id}?fields=rules,rules_count`)).body.price_list).toEqual({
    id: list.id,
    rules: other,
    rules_count: 1,
  })
  const deleted = await world.request('DELETE', `${path}/${list.id}`)
  expect(deleted.body).toEqual({ id: list.id, object: 'price_list', deleted: true })
  expect((await world.request('GET', `${path}/${list.id}`)).status).toBe(404)
})

test('its prices belong to variants and apply while the list is active and its rules match', async () => {
  const { variants } = await product()
  const [small, large] = variants as [string, string]
  const list = await create({
    status: 'active',
    rules: { 'customer.groups.id': ['cusgroup_1'] },
    prices: [eur(small, 8), eur(large, 7, { rules: { region_id: 'reg_1' }, min_quantity: 2, max_quantity: 5 })],
  })
  const prices = await pricesOf(list.id)
  expect(prices).toEqual([
    {
      id: prices[0].id,
      currency_code: 'eur',
      amount: 8,
      min_quantity: null,
      max_quantity: null,
      created_at: prices[0].created_at,
      deleted_at: null,
      updated_at: prices[0].updated_at,
      variant_id: small,
      rules: {},
    },
    expect.objectContaining({
      amount: 7,
      variant_id: large,
      rules: { region_id: 'reg_1' },
      min_quantity: 2,
      max_quantity: 5,
    }),
  ])
  const member = { customer_group_ids: ['cusgroup_1'] }
  expect([await priceOf(small), await priceOf(small, member), await priceOf(large, member)]).toEqual([10, 8, 10])
  expect(await priceOf(large, { ...member, region_id: 'reg_1', quantity: 3 })).toBe(7)
  await world.request('DELETE', `${path}/${list.id}`)
  expect(await priceOf(small, member)).toBe(10)
})

test('prices are created, updated and deleted in one step', async () => {
  const { variants } = await product(3)
  const [first, second, third] = variants as [string, string, string]
  const list = await create({
    status: 'active',
    prices: [eur(first, 8, { rules: { region_id: 'reg_1' } }), eur(second, 7)],
  })
  const [one, two] = await pricesOf(list.id)
  const { status, body, headers } = await batch(list.id, {
    create: [eur(third, 3)],
    update: [{ id: one.id, variant_id: first, amount: 5.25, rules: { region_id: 'reg_2', colour: 'red' } }],
    delete: [two.id],
  })
  expect(status).toBe(200)
  expect(body).toEqual({
    created: [expect.objectContaining({ amount: 3, variant_id: third, currency_code: 'eur' })],
    updated: [expect.objectContaining({ id: one.id, amount: 5.25, rules: { region_id: 'reg_2', colour: 'red' } })],
    deleted: { ids: [two.id], object: 'price', deleted: true },
  })
  const methods = await world.sql('select method from turri.receipt where workflow_id = $1', [
    headers.get('x-workflow-id'),
  ])
  expect(methods).toEqual([{ method: 'changePriceListPrices' }])
  const same = await batch(list.id, { update: [{ id: one.id, variant_id: second, amount: 6 }] })
  expect(same.body.updated[0]).toMatchObject({ variant_id: second, rules: { region_id: 'reg_2', colour: 'red' } })
  expect((await pricesOf(list.id)).map(({ id }: { id: string }) => id)).toEqual([one.id, body.created[0].id])
})

test('a batch of a thousand prices is one step', async () => {
  const { variants } = await product(10)
  const list = await create({ status: 'active' })
  const prices = Array.from({ length: 1000 }, (_, i) => eur(variants[i % 10]!, 9, { rules: { region_id: `reg_${i}` } }))
  const { status, body, headers } = await batch(list.id, { create: prices })
  expect([status, body.created?.length]).toEqual([200, 1000])
  const of = [headers.get('x-workflow-id')]
  expect(await world.sql('select method from turri.receipt where workflow_id = $1', of)).toHaveLength(1)
  expect(await priceOf(variants[7]!, { region_id: 'reg_997' })).toBe(9)
})

test('of two updates of one price in a batch, the later one counts, including its rules', async () => {
  const { variants } = await product(1)
  const [variant] = variants as [string]
  const list = await create({ status: 'active', prices: [eur(variant, 8)] })
  const [{ id }] = await pricesOf(list.id)
  const { body } = await batch(list.id, {
    update: [
      { id, variant_id: variant, amount: 5, rules: { region_id: 'reg_1', colour: 'red' } },
      { id, variant_id: variant, rules: { region_id: 'reg_2' } },
    ],
  })
  expect(body.updated).toMatchObject([{ id, amount: 5, rules: { region_id: 'reg_2' } }])
  expect(await priceOf(variant, { region_id: 'reg_2' })).toBe(5)
})

test('an update is validated together with the stored row', async () => {
  const { variants } = await product(1)
  const list = await create({ starts_at: '2026-02-01', prices: [eur(variants[0]!, 8, { min_quantity: 5 })] })
  const [{ id }] = await pricesOf(list.id)
  const ended = await world.request('POST', `${path}/${list.id}`, { ends_at: '2026-01-01' })
  const text = 'A price list cannot end (2026-01-01T00:00:00.000Z) before it starts (2026-02-01T00:00:00.000Z)'
  expect([ended.status, ended.body]).toEqual([400, { type: 'invalid_data', message: text }])
  const few = await batch(list.id, { update: [{ id, variant_id: variants[0], max_quantity: 4 }] })
  const message = 'A price is for 5 pieces at least, but 4 at most'
  expect([few.status, few.body]).toEqual([400, { type: 'invalid_data', message }])
  expect((await world.request('GET', `${path}/${list.id}`)).body.price_list.ends_at).toBeNull()
  expect(await pricesOf(list.id)).toMatchObject([{ min_quantity: 5, max_quantity: null }])
})

test('removing products from a list deletes the prices of their variants', async () => {
  const [gone, kept] = [await product(), await product(1)]
  const list = await create({ prices: [...gone.variants, ...kept.variants].map((id) => eur(id, 5)) })
  const other = await create({ prices: gone.variants.map((id) => eur(id, 5)) })
  const { body } = await world.request('POST', `${path}/${list.id}/products`, { remove: [gone.id] })
  expect(body.price_list).toMatchObject({ id: list.id, rules: {} })
  expect(await pricesOf(list.id)).toMatchObject([{ variant_id: kept.variants[0] }])
  expect(await pricesOf(other.id)).toHaveLength(2)
})

test('invalid requests are refused with a reason and change nothing', async () => {
  const { variants } = await product(1)
  const [variant] = variants as [string]
  const list = await create({ prices: [eur(variant, 5)] })
  const elsewhere = await create({ prices: [eur(variant, 6)] })
  const [stranger] = await pricesOf(elsewhere.id)
  const base = { title: 'x', description: 'x' }
  const nobody = 'Variants with ids: variant_x do not exist or have no price set'
  const listed = await world.request('GET', path)
  const refusals = [
    [await world.request('POST', path, { ...base, prices: [eur(variant, 1), eur('variant_x', 1)] }), 400, nobody],
    [await world.request('POST', path, { title: 'x' }), 400, "Invalid request: Field 'description' is required"],
    [
      await world.request('POST', path, { ...base, starts_at: '2026-02-01', ends_at: '2026-01-01' }),
      400,
      'A price list cannot end (2026-01-01T00:00:00.000Z) before it starts (2026-02-01T00:00:00.000Z)',
    ],
    [await batch(list.id, { create: [eur(variant, 1), eur('variant_x', 1)] }), 400, nobody],
    [await batch(list.id, { delete: [stranger.id] }), 404, `Price with id: ${stranger.id} was not found`],
    [
      await batch(list.id, { update: [{ id: stranger.id, variant_id: variant, amount: 1 }] }),
      404,
      `Price with id: ${stranger.id} was not found`,
    ],
    [await batch('plist_x', { create: [eur(variant, 1)] }), 404, 'Price List with id: plist_x was not found'],
    [
      await world.request('POST', `${path}/plist_x/products`, { remove: [] }),
      404,
      'Price List with id: plist_x was not found',
    ],
    [await world.request('POST', `${path}/plist_x`, { title: 'x' }), 404, 'PriceList with id "plist_x" not found'],
  ] as const
  for (const [{ status, body }, expected, message] of refusals) {
    expect([status, body.message]).toEqual([expected, message])
  }
  expect((await world.request('GET', path)).body).toEqual(listed.body)
  expect(await pricesOf(list.id)).toMatchObject([{ amount: 5 }])
  expect(await pricesOf(elsewhere.id)).toMatchObject([{ amount: 6 }])
  expect((await world.request('POST', path, { ...base, starts_at: 'soon' })).status).toBe(400)
})

test('concurrent replacements of the rules of a list leave those of one request', async () => {
  const list = await create({ rules: { region_id: ['reg_0'] } })
  const given = Array.from({ length: 4 }, (_, i) => ({ region_id: [`reg_${i}`], colour: [`${i}`] }))
  const answers = await Promise.all(given.map((rules) => world.request('POST', `${path}/${list.id}`, { rules })))
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200])
  const { body } = await world.request('GET', `${path}/${list.id}?fields=rules,rules_count`)
  expect(given).toContainEqual(body.price_list.rules)
  expect(body.price_list.rules_count).toBe(2)
})
