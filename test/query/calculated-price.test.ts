/** Random prices, rules, lists and preferences: what Postgres calculates is what a naive reference says. */
import fc from 'fast-check'
import type { AnyDatabase, Database } from '../../framework/database.ts'
import { linkModule } from '../../framework/link/module.ts'
import type { Query } from '../../framework/query.ts'
import { priceSetCalculatedPrice, variantCalculatedPrice } from '../../links/calculated-price.ts'
import { productVariantPriceSet } from '../../links/product-variant-price-set.ts'
import { variantPrices } from '../../links/variant-prices.ts'
import { pricing } from '../../modules/pricing/index.ts'
import { product } from '../../modules/product/index.ts'
import { tax } from '../../modules/tax/index.ts'
import { createQuery } from '../../query/index.ts'
import { freshDatabase } from '../support/fresh-database.ts'
import { type Asked, calculatedPrice, type Preference, type Price, type PriceList, type Rule } from './naive-prices.ts'

const SEED = Number(process.env.TEST_SEED ?? 20261121)
const RUNS = Number(process.env.TEST_RUNS ?? 250)
const links = [priceSetCalculatedPrice, productVariantPriceSet, variantCalculatedPrice, variantPrices]
const modules = [product, pricing, tax, linkModule(links)]
let db: Database
let query: Query
beforeAll(async () => {
  db = (await freshDatabase(modules)).db
  query = createQuery(db, modules, links)
})
afterAll(() => db.destroy())

const SETS = ['pset_1', 'pset_2']
const currency = fc.constantFrom('eur', 'eur', 'eur', 'eur', 'usd')
const region = fc.constantFrom('reg_1', 'reg_1', 'reg_2')
const group = fc.constantFrom('cusgroup_1', 'cusgroup_1', 'cusgroup_2')
const time = fc.constantFrom('2026-01-01T00:00:00.000Z', '2026-02-01T00:00:00.000Z', '2026-03-01T00:00:00.000Z')
const quantity = fc.constantFrom(1, 2, 5)
const seldom = fc.constantFrom(true, ...Array.from({ length: 7 }, () => false))
/** More often null than not: what has many conditions is seldom chosen. */
const orNull = <T>(value: fc.Arbitrary<T>) => fc.oneof({ weight: 3, arbitrary: fc.constant(null) }, value)

const eq = (attribute: string, value: fc.Arbitrary<string>) =>
  fc.record({ attribute: fc.constant(attribute), operator: fc.constant('eq' as const), value })
const rule = fc.oneof(
  { weight: 4, arbitrary: eq('region_id', region) },
  { weight: 3, arbitrary: eq('customer.groups.id', group) },
  eq('colour', fc.constantFrom('red', 'blue')),
  fc.record({
    attribute: fc.constantFrom('item_total', 'region_id'),
    operator: fc.constantFrom('eq' as const, 'gt' as const, 'gte' as const, 'lt' as const, 'lte' as const),
    value: fc.constantFrom('10', '20', '20.50', '1.5e+1', '1e999999', 'much'),
  }),
)
const rules = fc.oneof(
  fc.constant<Rule[]>([]),
  fc.uniqueArray(rule, { maxLength: 2, selector: ({ attribute, operator }) => `${attribute} ${operator}` }),
)

const list = fc.record({
  type: fc.constantFrom('sale' as const, 'override' as const),
  status: fc.constantFrom('active' as const, 'active' as const, 'active' as const, 'draft' as const),
  starts_at: orNull(time),
  ends_at: orNull(time),
  deleted: seldom,
  rules: fc.oneof(
    fc.constant<PriceList['rules']>([]),
    fc.uniqueArray(
      fc.oneof(
        fc.record({
          attribute: fc.constant('customer.groups.id'),
          values: fc.array(group, { minLength: 1, maxLength: 2 }),
        }),
        fc.record({ attribute: fc.constant('region_id'), values: fc.array(region, { minLength: 1, maxLength: 2 }) }),
        fc.record({ attribute: fc.constant('colour'), values: fc.constant<string[]>(['red']) }),
      ),
      { maxLength: 2, selector: ({ attribute }) => attribute },
    ),
  ),
})

const price = fc.record({
  set: fc.constantFrom(...SETS),
  currency_code: currency,
  amount: fc.constantFrom('1', '2', '2.50', '3.00'),
  min_quantity: orNull(quantity),
  max_quantity: orNull(quantity),
  deleted: seldom,
  rules,
  list: fc.oneof(fc.constant(null), fc.nat({ max: 3 })),
})

const preference = fc.record({
  of: fc.oneof(
    currency.map((value) => ({ attribute: 'currency_code', value })),
    region.map((value) => ({ attribute: 'region_id', value })),
  ),
  is_tax_inclusive: fc.boolean(),
  deleted: seldom,
})

const asked: fc.Arbitrary<Asked> = fc.record(
  {
    currency_code: currency,
    now: time,
    region_id: region,
    customer_group_ids: fc.uniqueArray(group, { minLength: 1, maxLength: 2 }),
    quantity,
    price_attributes: fc.record(
      { item_total: fc.constantFrom<string | number>(10, 20, 20.5, '20.50', 'few'), colour: fc.constant('red') },
      { requiredKeys: [] },
    ),
  },
  { requiredKeys: ['currency_code', 'now'] },
)

const world = fc
  .record({
    lists: fc.array(list, { minLength: 4, maxLength: 4 }),
    prices: fc.array(price, { minLength: 4, maxLength: 16, size: 'max' }),
    preferences: fc.uniqueArray(preference, { maxLength: 4, selector: ({ of }) => JSON.stringify(of) }),
  })
  .map(({ lists, prices, preferences }) => {
    const known: PriceList[] = lists.map((one, i) => ({ ...one, id: `plist_${i}` }))
    return {
      lists: known,
      prices: prices.map(
        ({ set, list, ...one }, i): Price => ({
          ...one,
          id: `price_${i}`,
          price_set_id: set,
          list: list === null ? null : known[list]!,
        }),
      ),
      preferences: preferences.map(({ of, ...one }): Preference => ({ ...of, ...one })),
    }
  })

type Shop = typeof world extends fc.Arbitrary<infer W> ? W : never

test('whatever the prices, the lists and who asks', async () => {
  await fc.assert(
    fc.asyncProperty(world, fc.array(asked, { minLength: 3, maxLength: 6 }), async (shop, contexts) => {
      await inShop(shop, async (within) => {
        for (const context of contexts) {
          const { prices, preferences } = shop
          const expected = SETS.map((id) => ({
            id,
            calculated_price: calculatedPrice(id, prices, preferences, context),
          }))
          const fields = ['id', 'calculated_price']
          const given = { fields, context: { ...context } }
          expect((await within.list('price_set', given)).rows).toEqual(expected)
          const variants = await within.list('product_variant', { ...given, order: 'id' })
          expect(variants.rows).toEqual([
            ...expected.map((row, i) => ({ ...row, id: `variant_${i + 1}` })),
            { id: 'variant_3', calculated_price: null },
          ])
        }
      })
    }),
    { seed: SEED, numRuns: RUNS },
  )
})

test('it has the fields of the API, in their order', async () => {
  await inShop({ lists: [], prices: [{ ...PLAIN, amount: '10.50' }], preferences: [] }, async (within) => {
    const context = { currency_code: 'eur' }
    const { rows } = await within.list('price_set', { fields: ['calculated_price'], limit: 1, context })
    const origin = { id: 'price_1', price_list_id: null, price_list_type: null, min_quantity: null, max_quantity: null }
    expect(JSON.stringify(rows[0]!.calculated_price)).toBe(
      JSON.stringify({
        id: 'pset_1',
        is_calculated_price_price_list: false,
        is_calculated_price_tax_inclusive: false,
        calculated_amount: 10.5,
        raw_calculated_amount: { value: '10.5', precision: 20 },
        is_original_price_price_list: false,
        is_original_price_tax_inclusive: false,
        original_amount: 10.5,
        raw_original_amount: { value: '10.5', precision: 20 },
        currency_code: 'eur',
        calculated_price: origin,
        original_price: origin,
      }),
    )
  })
})

test('an amount that is next to nothing is shown as nothing, and kept as it is', async () => {
  await inShop({ lists: [], prices: [{ ...PLAIN, amount: '0.0001' }], preferences: [] }, async (within) => {
    const context = { currency_code: 'eur' }
    const { rows } = await within.list('price_set', { fields: ['calculated_price'], limit: 1, context })
    expect(rows[0]!.calculated_price).toMatchObject({
      calculated_amount: 0,
      raw_calculated_amount: { value: '0.0001', precision: 20 },
      original_amount: 0,
    })
  })
})

test('the prices of a variant are those of its set that belong to no list, whatever asks for them', async () => {
  const list: PriceList = {
    id: 'plist_1',
    type: 'sale',
    status: 'active',
    starts_at: null,
    ends_at: null,
    deleted: false,
    rules: [],
  }
  const regional = { attribute: 'region_id', operator: 'eq' as const, value: 'reg_1' }
  const prices = [
    { ...PLAIN, amount: '10.50', min_quantity: 2, max_quantity: 5 },
    { ...PLAIN, id: 'price_2', currency_code: 'usd', rules: [regional] },
    { ...PLAIN, id: 'price_3', list },
    { ...PLAIN, id: 'price_4', deleted: true },
    { ...PLAIN, id: 'price_5', price_set_id: 'pset_2' },
  ]
  await inShop({ lists: [list], prices, preferences: [] }, async (within) => {
    const time = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)
    const common = { variant_id: 'variant_1', created_at: time, updated_at: time }
    const shown = [
      { ...common, id: 'price_1', amount: 10.5, currency_code: 'eur', min_quantity: 2, max_quantity: 5, rules: {} },
      {
        ...common,
        id: 'price_2',
        amount: 1,
        currency_code: 'usd',
        min_quantity: null,
        max_quantity: null,
        rules: { region_id: 'reg_1' },
      },
    ]
    for (const fields of ['id,prices', 'id,*prices', 'id,prices.price_rules.value,prices.price_rules.attribute']) {
      const { rows } = await within.list('product_variant', { fields, order: 'id' })
      expect(rows.map(({ prices }) => prices)).toEqual([shown, [expect.objectContaining({ id: 'price_5' })], []])
    }
  })
})

const PLAIN: Price = {
  id: 'price_1',
  price_set_id: 'pset_1',
  currency_code: 'eur',
  amount: '1',
  min_quantity: null,
  max_quantity: null,
  deleted: false,
  rules: [],
  list: null,
}

class RolledBack extends Error {}

/** Asks in a transaction that has the shop, and leaves nothing behind. */
async function inShop(shop: Shop, ask: (query: Query) => Promise<void>): Promise<void> {
  const told = (db as AnyDatabase).transaction().execute(async (trx) => {
    await store(trx, shop)
    await ask(query.on(trx))
    throw new RolledBack()
  })
  await expect(told).rejects.toThrow(RolledBack)
}

async function store(trx: AnyDatabase, { lists, prices, preferences }: Shop): Promise<void> {
  const deleted_at = (deleted: boolean) => (deleted ? '2026-01-01T00:00:00Z' : null)
  await insert(
    trx,
    'pricing.price_set',
    SETS.map((id) => ({ id })),
  )
  await insert(
    trx,
    'product.product_variant',
    ['variant_1', 'variant_2', 'variant_3'].map((id) => ({ id, title: id })),
  )
  await insert(trx, 'link.product_variant_price_set', [
    { id: 'pvps_1', variant_id: 'variant_1', price_set_id: 'pset_1' },
    { id: 'pvps_2', variant_id: 'variant_2', price_set_id: 'pset_2' },
    { id: 'pvps_3', variant_id: 'variant_3', price_set_id: 'pset_2', deleted_at: deleted_at(true) },
  ])
  await insert(
    trx,
    'pricing.price_list',
    lists.map(({ rules, deleted, ...one }) => ({
      ...one,
      title: one.id,
      description: one.id,
      rules_count: rules.length,
      deleted_at: deleted_at(deleted),
    })),
  )
  await insert(
    trx,
    'pricing.price_list_rule',
    lists.flatMap(({ id, rules }) =>
      rules.map(({ attribute, values }) => ({
        id: `prule_${id}_${attribute}`,
        attribute,
        value: JSON.stringify(values),
        price_list_id: id,
      })),
    ),
  )
  await insert(
    trx,
    'pricing.price',
    prices.map(({ rules, list, deleted, ...one }) => ({
      ...one,
      rules_count: rules.length,
      price_list_id: list?.id ?? null,
      deleted_at: deleted_at(deleted),
    })),
  )
  const ofPrices = prices.flatMap(({ id, rules }) =>
    rules.map((one, i) => ({ ...one, id: `prule_${id}_${i}`, price_id: id })),
  )
  const gone = prices.map(({ id }) => ({ ...GONE, id: `prule_${id}_gone`, price_id: id, deleted_at: deleted_at(true) }))
  await insert(trx, 'pricing.price_rule', [...ofPrices, ...gone])
  await insert(
    trx,
    'pricing.price_preference',
    preferences.map(({ deleted, ...one }, i) => ({ ...one, id: `prpref_${i}`, deleted_at: deleted_at(deleted) })),
  )
}

const GONE = { attribute: 'region_id', operator: 'eq', value: 'reg_1' }

async function insert(trx: AnyDatabase, table: string, rows: Record<string, unknown>[]): Promise<void> {
  if (rows.length > 0) await trx.insertInto(table).values(rows).execute()
}
