import {
  checkTimes,
  inPriceSets,
  listPrices,
  newPriceLists,
  priceListChanges,
} from '../../../modules/pricing/rules/price-lists.ts'
import { countingIds } from '../../support/counting-ids.ts'
import { refusalOf } from '../../support/refusal.ts'

const list = (more = {}) => ({ title: 'Summer', description: 'Less', ...more })
const price = (variant_id: string, more = {}) => ({ variant_id, currency_code: 'eur', amount: 5, ...more })

test('a new list has its rules and prices, each with the id of its list', () => {
  const rules = { 'customer.groups.id': ['cusgroup_1', 'cusgroup_2'], country: ['de'] }
  const rows = newPriceLists(
    [list({ rules, prices: [price('variant_1', { rules: { region_id: 'reg_1' } })] }), list({ title: 'Bare' })],
    countingIds(),
  )
  expect(rows.price_lists).toEqual([
    { id: 'plist_1', title: 'Summer', description: 'Less', rules_count: 2 },
    { id: 'plist_2', title: 'Bare', description: 'Less', rules_count: 0 },
  ])
  expect(rows.price_list_rules).toEqual([
    { id: 'prule_1', price_list_id: 'plist_1', attribute: 'customer.groups.id', value: ['cusgroup_1', 'cusgroup_2'] },
    { id: 'prule_2', price_list_id: 'plist_1', attribute: 'country', value: ['de'] },
  ])
  expect(rows.prices).toEqual([
    {
      id: 'price_1',
      price_list_id: 'plist_1',
      variant_id: 'variant_1',
      currency_code: 'eur',
      amount: '5',
      min_quantity: undefined,
      max_quantity: undefined,
      rules_count: 1,
    },
  ])
  expect(rows.price_rules).toMatchObject([{ price_id: 'price_1', attribute: 'region_id', value: 'reg_1' }])
  expect(newPriceLists([], countingIds())).toEqual({
    ...{ price_lists: [], price_list_rules: [], prices: [], price_rules: [] },
  })
})

test('a list does not end before it starts', () => {
  const times = { starts_at: '2026-05-02T00:00:00+02:00', ends_at: '2026-05-01T21:59:59Z' }
  const refusal = {
    type: 'invalid_data',
    message: 'A price list cannot end (2026-05-01T21:59:59Z) before it starts (2026-05-02T00:00:00+02:00)',
  }
  expect(refusalOf(() => checkTimes(times))).toEqual(refusal)
  expect(refusalOf(() => newPriceLists([list(), list(times)], countingIds()))).toEqual(refusal)
  expect(checkTimes({ ...times, ends_at: '2026-05-01T22:00:00Z' })).toBeUndefined() // it may end at once
  expect(checkTimes({ ...times, ends_at: null })).toBeUndefined()
  expect(checkTimes({ ...times, starts_at: null })).toBeUndefined()
  expect(checkTimes({})).toBeUndefined()
})

test('rules of a change are all that a list has; where none are given they stay', () => {
  const changes = priceListChanges(
    [
      { id: 'plist_1', title: 'Autumn' },
      { id: 'plist_2', rules: { country: ['de', 'at'] } },
      { id: 'plist_3', rules: {} },
    ],
    countingIds(),
  )
  expect(changes.price_lists).toEqual([
    { id: 'plist_1', title: 'Autumn' },
    { id: 'plist_2', rules_count: 1 },
    { id: 'plist_3', rules_count: 0 },
  ])
  expect(changes.price_lists[0]).not.toHaveProperty('rules_count')
  expect(changes.price_list_rules).toEqual([
    { id: 'prule_1', price_list_id: 'plist_2', attribute: 'country', value: ['de', 'at'] },
  ])
  expect(changes.replaced).toEqual(['plist_2', 'plist_3'])
  expect(priceListChanges([], countingIds())).toEqual({ price_lists: [], price_list_rules: [], replaced: [] })
})

test('prices of a list are rows of no price set yet, each with its own rules', () => {
  const { prices, price_rules } = listPrices(
    [price('variant_2', { rules: { a: '1' } }), { id: 'price_9', variant_id: 'variant_1', amount: '0.10' }],
    'plist_1',
    countingIds(),
  )
  expect(prices.map(({ id, variant_id, amount }) => [id, variant_id, amount])).toEqual([
    ['price_1', 'variant_2', '5'],
    ['price_9', 'variant_1', '0.10'],
  ])
  for (const one of prices) expect(one).not.toHaveProperty('price_set_id')
  expect(price_rules).toMatchObject([{ price_id: 'price_1', attribute: 'a', value: '1' }])
})

test('prices come into the sets of their variants, in the order in which they are given', () => {
  const { prices } = listPrices(
    ['variant_2', 'variant_1', 'variant_2'].map((id) => price(id)),
    'plist_1',
    countingIds(),
  )
  const sets = ['1', '2', '3'].map((n) => ({ variant_id: `variant_${n}`, price_set_id: `pset_${n}` }))
  const rows = inPriceSets(prices, sets)
  expect(rows.map(({ id, price_set_id }) => [id, price_set_id])).toEqual([
    ['price_1', 'pset_2'],
    ['price_2', 'pset_1'],
    ['price_3', 'pset_2'],
  ])
  for (const row of rows) expect(row).not.toHaveProperty('variant_id')
  expect(inPriceSets([], [])).toEqual([])
})

test('variants without a price set are all named, each once', () => {
  const one = listPrices([price('variant_1')], 'plist_1', countingIds()).prices
  expect(refusalOf(() => inPriceSets(one, [])).message).toBe(
    'Variants with ids: variant_1 do not exist or have no price set',
  )
  const ids = ['variant_3', 'variant_1', 'variant_2', 'variant_3']
  const { prices } = listPrices(
    ids.map((id) => price(id)),
    'plist_1',
    countingIds(),
  )
  expect(refusalOf(() => inPriceSets(prices, [{ variant_id: 'variant_1', price_set_id: 'pset_1' }]))).toEqual({
    type: 'invalid_data',
    message: 'Variants with ids: variant_3, variant_2 do not exist or have no price set',
  })
})
