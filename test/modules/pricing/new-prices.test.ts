import { checkQuantities, newPriceSets, newPrices, replacedPrices } from '../../../modules/pricing/rules/new-prices.ts'
import { countingIds } from '../../support/counting-ids.ts'
import { refusalOf } from '../../support/refusal.ts'

const eur = (more = {}) => ({ currency_code: 'eur', amount: 10, ...more })
const inSet = { price_set_id: 'pset_1' }
const rowsOf = (...prices: Parameters<typeof newPrices>[0]) => newPrices(prices, inSet, countingIds())

test('a price is kept with its currency in lower case and its amount as digits', () => {
  expect(rowsOf({ currency_code: 'EUR', amount: 10.5 })).toEqual({
    prices: [
      {
        id: 'price_1',
        price_set_id: 'pset_1',
        currency_code: 'eur',
        amount: '10.5',
        min_quantity: undefined,
        max_quantity: undefined,
        rules_count: 0,
      },
    ],
    price_rules: [],
  })
})

test.each([
  ['0.10', '0.10'],
  ['12345678901234567890.123456789', '12345678901234567890.123456789'],
  [0, '0'],
])('the amount %j is kept exactly', (amount, kept) => {
  expect(rowsOf(eur({ amount })).prices[0]!.amount).toBe(kept)
})

test('a quantity that is null is no limit, one that is absent is not touched', () => {
  const [price] = rowsOf(eur({ min_quantity: 2, max_quantity: null })).prices
  expect([price!.min_quantity, price!.max_quantity]).toEqual(['2', null])
})

test('a price of a list names the list', () => {
  const { prices } = newPrices([eur()], { ...inSet, price_list_id: 'plist_1' }, countingIds())
  expect(prices).toMatchObject([{ price_set_id: 'pset_1', price_list_id: 'plist_1' }])
})

test('a rule that is a text must be equal; a list has a rule for each condition', () => {
  const rules = {
    region_id: 'reg_1',
    item_total: [
      { operator: 'gte' as const, value: 50 },
      { operator: 'lt' as const, value: '100.10' },
    ],
  }
  const { prices, price_rules } = rowsOf(eur({ rules }), eur({ rules: {} }))
  expect(prices.map(({ rules_count }) => rules_count)).toEqual([3, 0])
  const rule = (n: number, attribute: string, operator: string, value: string) => {
    return { id: `prule_${n}`, price_id: 'price_1', attribute, operator, value }
  }
  expect(price_rules).toEqual([
    rule(1, 'region_id', 'eq', 'reg_1'),
    rule(2, 'item_total', 'gte', '50'),
    rule(3, 'item_total', 'lt', '100.10'),
  ])
})

test('a price with an id keeps it, and what is not given stays: also its rules', () => {
  const { prices, price_rules } = rowsOf({ id: 'price_7', amount: 3 }, { id: 'price_8', rules: { region_id: 'reg_1' } })
  const absent = { price_set_id: 'pset_1', currency_code: undefined, min_quantity: undefined, max_quantity: undefined }
  expect(prices).toEqual([
    { ...absent, id: 'price_7', amount: '3' },
    { ...absent, id: 'price_8', amount: undefined, rules_count: 1 },
  ])
  expect(prices[0]).not.toHaveProperty('rules_count')
  expect(price_rules).toMatchObject([{ price_id: 'price_8', value: 'reg_1' }])
})

test.each([
  [{ amount: 1 }, 'currency_code'],
  [{ currency_code: 'eur' }, 'amount'],
  [{}, 'currency_code'],
])('the new price %j lacks %s', (price, missing) => {
  expect(refusalOf(() => rowsOf(eur(), price))).toEqual({
    type: 'invalid_data',
    message: `Invalid request: Field 'prices, ${missing}' is required`,
  })
})

test.each([
  [3, 2],
  ['10', '9'], // as texts they would be in order
])('a price is not for at least %j pieces and at most %j', (min_quantity, max_quantity) => {
  const refusal = {
    type: 'invalid_data',
    message: `A price is for ${min_quantity} pieces at least, but ${max_quantity} at most`,
  }
  expect(refusalOf(() => checkQuantities({ min_quantity, max_quantity }))).toEqual(refusal)
  expect(refusalOf(() => rowsOf(eur({ min_quantity, max_quantity })))).toEqual(refusal)
})

test.each([{ min_quantity: 2, max_quantity: 2 }, { min_quantity: 3 }, { min_quantity: 3, max_quantity: null }, {}])(
  'there are pieces that a price of %j is for',
  (quantities) => {
    expect(checkQuantities(quantities)).toBeUndefined()
  },
)

test('each list of prices has a set of its own, in their order, an empty one, too', () => {
  const { price_sets, prices, price_rules } = newPriceSets(
    [[eur({ amount: 1 }), eur({ amount: 2, rules: { region_id: 'reg_1' } })], [], [eur({ amount: 3 })]],
    countingIds(),
  )
  expect(price_sets).toEqual([{ id: 'pset_1' }, { id: 'pset_2' }, { id: 'pset_3' }])
  expect(prices.map(({ id, price_set_id, amount }) => [id, price_set_id, amount])).toEqual([
    ['price_1', 'pset_1', '1'],
    ['price_2', 'pset_1', '2'],
    ['price_3', 'pset_3', '3'],
  ])
  expect(price_rules).toMatchObject([{ price_id: 'price_2' }])
  expect(newPriceSets([], countingIds())).toEqual({ price_sets: [], prices: [], price_rules: [] })
})

test('prices that replace others say of which sets, also of those that are to have none', () => {
  const rows = replacedPrices(
    [
      { price_set_id: 'pset_1', prices: [] },
      { price_set_id: 'pset_2', prices: [eur(), { id: 'price_9', amount: 1 }] },
    ],
    countingIds(),
  )
  expect(rows.price_set_ids).toEqual(['pset_1', 'pset_2'])
  expect(rows.prices.map(({ id, price_set_id }) => [id, price_set_id])).toEqual([
    ['price_1', 'pset_2'],
    ['price_9', 'pset_2'],
  ])
})
