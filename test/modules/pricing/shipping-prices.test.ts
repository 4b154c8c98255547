import { pricesOf, regionsOf, repricedOptions } from '../../../modules/pricing/rules/shipping-prices.ts'
import { countingIds } from '../../support/counting-ids.ts'
import { refusalOf } from '../../support/refusal.ts'

const regions = [
  { id: 'reg_eu', currency_code: 'eur' },
  { id: 'reg_us', currency_code: 'usd' },
]
const region = (value: string) => ({ attribute: 'region_id', operator: 'eq' as const, value })
const from = (value: number) => ({ attribute: 'item_total', operator: 'gte' as const, value })
type Option = NonNullable<Parameters<typeof pricesOf>[2]>
const price = (more: Partial<Option['prices'][number]> = {}): Option['prices'][number] => ({
  id: 'price_a',
  currency_code: 'eur',
  raw_amount: { value: '10.10' },
  price_rules: [],
  ...more,
})
const option = (...prices: Option['prices']): Option => ({
  id: 'so_1',
  price_set_link: { price_set_id: 'pset_1' },
  prices,
})

test('a price is in a currency, or in that of its region and for it', () => {
  expect(
    pricesOf(
      [
        { currency_code: 'dkk', amount: 5 },
        { region_id: 'reg_us', amount: 6 },
      ],
      regions,
    ),
  ).toEqual([
    { id: undefined, currency_code: 'dkk', amount: 5, rules: {} },
    { id: undefined, currency_code: 'usd', amount: 6, rules: { region_id: 'reg_us' } },
  ])
  expect(pricesOf([], regions)).toEqual([])
})

test('conditions are kept by attribute, several of one together', () => {
  const rules = [
    from(50),
    { ...from(100), operator: 'lt' as const },
    { attribute: 'weight', operator: 'eq' as const, value: 1 },
  ]
  expect(pricesOf([{ region_id: 'reg_eu', amount: 0, rules }], regions)[0]!.rules).toEqual({
    item_total: [
      { operator: 'gte', value: 50 },
      { operator: 'lt', value: 100 },
    ],
    weight: [{ operator: 'eq', value: 1 }],
    region_id: 'reg_eu',
  })
})

const stored = option(
  price({ currency_code: 'usd', price_rules: [region('reg_us'), { ...from(50), value: '50' }] }),
  price({ id: 'price_b', currency_code: 'dkk' }),
)
const kept = { item_total: [{ operator: 'gte', value: '50' }] }

test.each([
  ['what is not given stays', {}, { currency_code: 'usd', amount: '10.10', rules: { ...kept, region_id: 'reg_us' } }],
  [
    'an amount of 0 is one',
    { amount: 0 },
    { currency_code: 'usd', amount: 0, rules: { ...kept, region_id: 'reg_us' } },
  ],
  [
    'with another region its currency comes',
    { region_id: 'reg_eu' },
    { currency_code: 'eur', amount: '10.10', rules: { ...kept, region_id: 'reg_eu' } },
  ],
  ['with a currency the region goes', { currency_code: 'usd' }, { currency_code: 'usd', amount: '10.10', rules: kept }],
  [
    'conditions that are given replace those that are there, but not the region',
    { rules: [from(7)] },
    {
      currency_code: 'usd',
      amount: '10.10',
      rules: { item_total: [{ operator: 'gte', value: 7 }], region_id: 'reg_us' },
    },
  ],
  ['no conditions are given', { rules: [] }, { currency_code: 'usd', amount: '10.10', rules: { region_id: 'reg_us' } }],
])('of a price that is given by its id: %s', (_, given, expected) => {
  expect(pricesOf([{ id: 'price_a', ...given }], regions, stored)).toEqual([{ id: 'price_a', ...expected }])
})

test('a price that is in no region stays in none', () => {
  expect(pricesOf([{ id: 'price_b', amount: 3 }], regions, stored)).toEqual([
    { id: 'price_b', currency_code: 'dkk', amount: 3, rules: {} },
  ])
})

test('regions that are not there are all named, each once', () => {
  expect(refusalOf(() => pricesOf([{ region_id: 'reg_1', amount: 1 }], regions)).message).toBe(
    'Region id not found: reg_1',
  )
  const prices = ['reg_1', 'reg_eu', 'reg_2', 'reg_1'].map((region_id) => ({ region_id, amount: 1 }))
  expect(regionsOf([...prices, { currency_code: 'eur', amount: 1 }])).toEqual(['reg_1', 'reg_eu', 'reg_2'])
  expect(refusalOf(() => pricesOf(prices, regions))).toEqual({
    type: 'not_found',
    message: 'Region id not found: reg_1, reg_2',
  })
})

test('an option has no prices of another', () => {
  const message = 'Shipping option so_1 has no price with id: price_c'
  expect(refusalOf(() => pricesOf([{ id: 'price_c', amount: 1 }], regions, stored))).toEqual({
    type: 'not_found',
    message,
  })
})

test('options are repriced in their price sets, also those that are to have no price', () => {
  const two = { ...option(), id: 'so_2', price_set_link: { price_set_id: 'pset_2' } }
  const wanted = [
    { id: 'so_2', prices: [] },
    { id: 'so_1', prices: [{ id: 'price_a' }, { currency_code: 'EUR', amount: 0.5 }] },
  ]
  const rows = repricedOptions({ options: [stored, two], regions }, wanted, countingIds())
  expect(rows.price_set_ids).toEqual(['pset_2', 'pset_1'])
  expect(rows.prices.map((one) => [one.id, one.price_set_id, one.currency_code, one.amount, one.rules_count])).toEqual([
    ['price_a', 'pset_1', 'usd', '10.10', 2],
    ['price_1', 'pset_1', 'eur', '0.5', 0],
  ])
  expect(refusalOf(() => repricedOptions({ options: [two], regions }, wanted, countingIds()))).toEqual({
    type: 'not_found',
    message: 'ShippingOption with id "so_1" not found',
  })
})
