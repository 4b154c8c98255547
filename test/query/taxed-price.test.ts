/** Random tax rates: the amounts with and without taxes follow the rule by which lines are taxed. */
import fc from 'fast-check'
import type { AnyDatabase, Database } from '../../framework/database.ts'
import { linkModule } from '../../framework/link/module.ts'
import type { ListOptions, Query } from '../../framework/query.ts'
import { shippingOptionCalculatedPrice, variantCalculatedPrice } from '../../links/calculated-price.ts'
import { productVariantPriceSet } from '../../links/product-variant-price-set.ts'
import { shippingOptionPriceSet } from '../../links/shipping-option-price-set.ts'
import { fulfillment } from '../../modules/fulfillment/index.ts'
import { pricing } from '../../modules/pricing/index.ts'
import { product } from '../../modules/product/index.ts'
import { tax } from '../../modules/tax/index.ts'
import { chooseRates, type Rate } from '../../modules/tax/rules/choose-rates.ts'
import { createQuery } from '../../query/index.ts'
import { freshDatabase } from '../support/fresh-database.ts'

const SEED = Number(process.env.TEST_SEED ?? 20261121)
const RUNS = Number(process.env.TEST_RUNS ?? 150)
const links = [productVariantPriceSet, shippingOptionPriceSet, shippingOptionCalculatedPrice, variantCalculatedPrice]
const modules = [product, pricing, tax, fulfillment, linkModule(links)]
let db: Database
let query: Query
beforeAll(async () => {
  db = (await freshDatabase(modules)).db
  query = createQuery(db, modules, links)
})
afterAll(() => db.destroy())

const rule = fc.constantFrom(
  { reference: 'product', reference_id: 'prod_1' },
  { reference: 'product', reference_id: 'prod_2' },
  { reference: 'product_type', reference_id: 'ptyp_1' },
  { reference: 'product_type', reference_id: 'prod_1' },
  { reference: 'shipping_option', reference_id: 'prod_1' },
)
const rate = fc.record({
  rate: fc.constantFrom(null, 0, 5, 7.7, 20, 25),
  is_combinable: fc.boolean(),
  rules: fc.uniqueArray(rule, { maxLength: 2, selector: ({ reference_id }) => reference_id }),
})
/** The rates of a region, one of which may be its default. */
const rates = (region: string) =>
  fc.tuple(fc.array(rate, { maxLength: 4, size: 'max' }), fc.nat({ max: 4 })).map(([all, standard]): Rate[] =>
    all.map((one, i) => ({
      ...one,
      id: `txr_${region}_${i}`,
      code: `${i}`,
      name: `${i}`,
      is_default: i === standard,
    })),
  )
const world = fc.record({
  country: fc.option(rates('country'), { freq: 8 }),
  province: fc.option(rates('province'), { freq: 3 }),
  type_id: fc.constantFrom('ptyp_1', 'ptyp_2', null),
  is_giftcard: fc.constantFrom(true, false, false, false, false),
  isInclusive: fc.boolean(),
  amount: fc.constantFrom('10', '9.99', '0'),
})
type Shop = typeof world extends fc.Arbitrary<infer W> ? W : never

const TAXES = ['calculated_amount', 'original_amount'].flatMap((name) => [`${name}_with_tax`, `${name}_without_tax`])

test('amounts with and without taxes', async () => {
  await fc.assert(
    fc.asyncProperty(world, fc.boolean(), async (shop, isInProvince) => {
      const [price] = await pricesIn(shop, { country_code: 'us', ...(isInProvince && { province: 'us-ca' }) })
      const ofProvince = shop.country && isInProvince ? (shop.province ?? undefined) : undefined
      const due = chooseRates(
        { product_id: 'prod_1', product_type_id: shop.type_id },
        { ...(shop.country && { country: shop.country }), ...(ofProvince && { province: ofProvince }) },
      )
      const percent = shop.is_giftcard ? 0 : due.reduce((sum, one) => sum + (one.rate ?? 0), 0)
      const amount = Number(shop.amount)
      const [withTax, without] = shop.isInclusive
        ? [amount, amount / (1 + percent / 100)]
        : [amount * (1 + percent / 100), amount]
      for (const name of TAXES) expect(price[name]).toBeCloseTo(name.endsWith('_with_tax') ? withTax : without, 10)
    }),
    { seed: SEED, numRuns: RUNS },
  )
})

test('they are there only where a country is said, and have twenty decimal places', async () => {
  const shop: Shop = { ...PLAIN, isInclusive: true }
  const [untaxed] = await pricesIn(shop, {})
  expect(Object.keys(untaxed).filter((name) => name.endsWith('_tax'))).toEqual([])
  const [, json] = await pricesIn(shop, { country_code: 'us' })
  expect(json).toContain('"calculated_amount_with_tax":10,"calculated_amount_without_tax":8.33333333333333333333,')
})

test('a way to ship is priced where the total is high enough, and taxed by the rates for it', async () => {
  const forOption = { ...STANDARD, id: 'txr_2', rate: 5, is_default: false, rules: [SHIPPED] }
  const shop = { ...PLAIN, country: [STANDARD, forOption] }
  const context = { currency_code: 'usd', country_code: 'us', price_attributes: { item_total: 50 } }
  const json = await inShop(shop, { fields: ['calculated_price'], context }, 'shipping_option')
  expect(JSON.parse(json)[0].calculated_price).toMatchObject({ calculated_amount: 4, calculated_amount_with_tax: 4.2 })
  const small = { ...context, price_attributes: { item_total: 49 } }
  expect(await inShop(shop, { fields: ['calculated_price'], context: small }, 'shipping_option')).toContain(
    '"calculated_amount":10,',
  )
})

const SHIPPED = { reference: 'shipping_option', reference_id: 'so_1' }
const STANDARD: Rate = {
  id: 'txr_1',
  rate: 20,
  code: 'vat',
  name: 'VAT',
  is_default: true,
  is_combinable: false,
  rules: [],
}
const PLAIN: Shop = {
  country: [STANDARD],
  province: null,
  type_id: null,
  is_giftcard: false,
  isInclusive: false,
  amount: '10',
}

class RolledBack extends Error {}

/** The price of a variant in this shop, as an object and as text. */
// biome-ignore lint/suspicious/noExplicitAny: its fields are what the tests are about
async function pricesIn(shop: Shop, context: Record<string, unknown>): Promise<[any, string]> {
  const listing = { fields: ['calculated_price'], context: { currency_code: 'usd', ...context } }
  const json = await inShop(shop, listing, 'product_variant')
  return [JSON.parse(json)[0].calculated_price, json]
}

/** Asks in a transaction that has the shop, and leaves nothing behind. */
async function inShop(shop: Shop, listing: ListOptions, entity: string): Promise<string> {
  let json = ''
  const told = (db as AnyDatabase).transaction().execute(async (trx) => {
    await store(trx, shop)
    json = (await query.on(trx).listJson(entity, listing)).json
    throw new RolledBack()
  })
  await expect(told).rejects.toThrow(RolledBack)
  return json
}

async function store(trx: AnyDatabase, shop: Shop): Promise<void> {
  const { type_id, is_giftcard, isInclusive: is_tax_inclusive, amount } = shop
  const types = ['ptyp_1', 'ptyp_2'].map((id) => ({ id, value: id }))
  const currency = { attribute: 'currency_code', value: 'usd', is_tax_inclusive }
  await insert(trx, 'product.product_type', types)
  await insert(trx, 'product.product', [{ id: 'prod_1', title: 'a', handle: 'a', type_id, is_giftcard }])
  await insert(trx, 'product.product_variant', [{ id: 'variant_1', title: 'a', product_id: 'prod_1' }])
  await insert(trx, 'pricing.price_set', [{ id: 'pset_1' }])
  await insert(trx, 'link.product_variant_price_set', [{ id: 'l', variant_id: 'variant_1', price_set_id: 'pset_1' }])
  const price = { price_set_id: 'pset_1', currency_code: 'usd' }
  await insert(trx, 'pricing.price', [{ ...price, id: 'price_1', amount }])
  await insert(trx, 'pricing.price', [{ ...price, id: 'price_2', amount: '4', rules_count: 1 }])
  const highTotal = { attribute: 'item_total', operator: 'gte', value: '50' }
  await insert(trx, 'pricing.price_rule', [{ id: 'prule_1', price_id: 'price_2', ...highTotal }])
  const option = { service_zone_id: 'serzo_1', shipping_profile_id: 'sp_1', shipping_option_type_id: 'sotype_1' }
  await insert(trx, 'fulfillment.shipping_option', [{ id: 'so_1', name: 'Post', price_type: 'flat', ...option }])
  await insert(trx, 'link.shipping_option_price_set', [{ id: 'l', shipping_option_id: 'so_1', price_set_id: 'pset_1' }])
  await insert(trx, 'pricing.price_preference', [{ id: 'prpref_1', ...currency }])
  await storeRates(trx, 'txreg_1', {}, shop.country)
  if (shop.country) await storeRates(trx, 'txreg_2', { province_code: 'us-ca', parent_id: 'txreg_1' }, shop.province)
}

async function storeRates(trx: AnyDatabase, id: string, place: object, all: Rate[] | null): Promise<void> {
  if (!all) return
  await insert(trx, 'tax.tax_region', [{ id, country_code: 'us', ...place }])
  await insert(
    trx,
    'tax.tax_rate',
    all.map(({ rules: _, ...one }) => ({ ...one, tax_region_id: id })),
  )
  const rules = all.flatMap((one) =>
    one.rules.map((rule, i) => ({ ...rule, id: `${one.id}_${i}`, tax_rate_id: one.id })),
  )
  await insert(trx, 'tax.tax_rate_rule', rules)
}

async function insert(trx: AnyDatabase, table: string, rows: Record<string, unknown>[]): Promise<void> {
  if (rows.length > 0) await trx.insertInto(table).values(rows).execute()
}
