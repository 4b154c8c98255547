import fc from 'fast-check'
import { newPrices } from '../../../modules/pricing/rules/new-prices.ts'
import { priceChanges } from '../../../modules/pricing/rules/price-changes.ts'
import { countingIds } from '../../support/counting-ids.ts'

const rule = (attribute: string, value: string, operator = 'eq') => {
  return { id: `prule of ${attribute}`, attribute, operator, value }
}
const stored = (id: string, more = {}) => ({
  id,
  price_set_id: 'pset_1',
  currency_code: 'eur',
  min_quantity: null,
  max_quantity: null,
  price_rules: [],
  ...more,
})
const wanted = (...prices: Parameters<typeof newPrices>[0]) => {
  const newId = countingIds()
  return newPrices(prices, { price_set_id: 'pset_1' }, (prefix) => newId(`new ${prefix}`))
}
const eur = (more = {}) => ({ currency_code: 'eur', amount: 5, ...more })

test('a price for the same case keeps its id, others are created or deleted', () => {
  const changes = priceChanges(
    [stored('price_1'), stored('price_2', { currency_code: 'dkk' })],
    wanted(eur({ amount: 6 }), { currency_code: 'usd', amount: 7 }),
  )
  expect(changes.updated).toMatchObject([{ id: 'price_1', amount: '6', currency_code: 'eur' }])
  expect(changes.created.prices).toMatchObject([{ id: 'new price_2', amount: '7', currency_code: 'usd' }])
  expect(changes.deleted).toEqual(['price_2'])
})

test('where nothing is, all is created; where nothing is wanted, all is deleted', () => {
  const nothing = { created: { prices: [], price_rules: [] }, updated: [], deleted: [], deletedRules: [] }
  const rows = wanted(eur({ rules: { region_id: 'reg_1' } }))
  expect(priceChanges([], rows)).toEqual({ ...nothing, created: rows })
  expect(priceChanges([stored('price_1'), stored('price_2', { currency_code: 'usd' })], wanted())).toEqual({
    ...nothing,
    deleted: ['price_1', 'price_2'],
  })
  expect(priceChanges([], wanted())).toEqual(nothing)
})

test.each([
  ['quantities are compared as numbers', { min_quantity: '2.00' }, { min_quantity: 2 }, true],
  ['an absent limit is none', { max_quantity: null }, {}, true],
  ['another minimum is another case', { min_quantity: '2' }, { min_quantity: 3 }, false],
  ['another maximum is another case', { max_quantity: '2' }, { max_quantity: 3 }, false],
  ['a minimum is no maximum', { min_quantity: '2' }, { max_quantity: 2 }, false],
  ['the same rule is the same case', { price_rules: [rule('a', '1')] }, { rules: { a: '1' } }, true],
  [
    'the order of rules does not count',
    { price_rules: [rule('b', '2'), rule('a', '1')] },
    { rules: { a: '1', b: '2' } },
    true,
  ],
  ['another value is another case', { price_rules: [rule('a', '1')] }, { rules: { a: '2' } }, false],
  ['another operator is another case', { price_rules: [rule('a', '1', 'gt')] }, { rules: { a: '1' } }, false],
  ['a rule less is another case', { price_rules: [rule('a', '1')] }, {}, false],
  ['another set is another case', { price_set_id: 'pset_2' }, {}, false],
])('%s', (_, before, after, isKept) => {
  const { updated, created, deleted, deletedRules } = priceChanges([stored('price_1', before)], wanted(eur(after)))
  expect([updated.length, created.prices.length, deleted]).toEqual(isKept ? [1, 0, []] : [0, 1, ['price_1']])
  expect(deletedRules).toEqual([])
})

test('a price with an id is that price, whatever its case; what has no id has another', () => {
  const changes = priceChanges(
    [stored('price_1'), stored('price_2', { currency_code: 'usd' })],
    wanted(eur({ amount: 6 }), { id: 'price_1', amount: 7 }),
  )
  expect(changes.created.prices).toMatchObject([{ id: 'new price_1', amount: '6' }])
  expect(changes.updated).toMatchObject([{ id: 'price_1', amount: '7' }])
  expect(changes.deleted).toEqual(['price_2'])
})

test('rules of a price with an id are replaced where they are given and different, and stay otherwise', () => {
  const before = [stored('price_1', { price_rules: [rule('a', '1')] })]
  const rulesAfter = (rules?: Record<string, string>) => {
    const { deletedRules, created } = priceChanges(before, wanted({ id: 'price_1', ...(rules && { rules }) }))
    return [deletedRules, created.price_rules.map(({ price_id, attribute, value }) => [price_id, attribute, value])]
  }
  expect(rulesAfter()).toEqual([[], []])
  expect(rulesAfter({ a: '1' })).toEqual([[], []])
  expect(rulesAfter({ a: '2' })).toEqual([['prule of a'], [['price_1', 'a', '2']]])
  expect(rulesAfter({})).toEqual([['prule of a'], []])
})

test('of two that are wanted for the same case one keeps the id', () => {
  const { updated, created, deleted } = priceChanges(
    [stored('price_1')],
    wanted(eur({ amount: 1 }), eur({ amount: 2 })),
  )
  expect(updated).toMatchObject([{ id: 'price_1', amount: '1' }])
  expect(created.prices).toMatchObject([{ id: 'new price_2', amount: '2' }])
  expect(deleted).toEqual([])
})

const prices = fc.uniqueArray(
  fc.record({
    currency_code: fc.constantFrom('eur', 'usd'),
    min_quantity: fc.constantFrom(null, '1', '2.0'),
    region: fc.constantFrom(undefined, 'reg_1', 'reg_2'),
    amount: fc.nat(9),
  }),
  { selector: (one) => JSON.stringify({ ...one, amount: 0 }) },
)

test('written, prices are those that are wanted, and each that was there for its case has its id', () => {
  fc.assert(
    fc.property(prices, prices, (before, after) => {
      const there = before.map(({ region, amount: _, ...price }, i) => {
        return stored(`price_${i}`, { ...price, price_rules: region ? [rule('region_id', region)] : [] })
      })
      const rows = wanted(
        ...after.map(({ region, ...one }) => ({ ...one, ...(region && { rules: { region_id: region } }) })),
      )
      const { created, updated, deleted, deletedRules } = priceChanges(there, rows)
      const caseOf = ({ amount: _, ...one }: (typeof before)[number]) => JSON.stringify(one)
      const idByCase = new Map(before.map((one, i) => [caseOf(one), `price_${i}`]))
      const expected = after.map((one, i) => [idByCase.get(caseOf(one)) ?? rows.prices[i]!.id, `${one.amount}`])
      const written = [...updated, ...created.prices].map(({ id, amount }) => [id, amount])
      expect(written.toSorted()).toEqual(expected.toSorted())
      const kept = new Set(after.map(caseOf))
      expect(deleted).toEqual(before.flatMap((one, i) => (kept.has(caseOf(one)) ? [] : [`price_${i}`])))
      expect(deletedRules).toEqual([])
      const createdIds = new Set(created.prices.map(({ id }) => id))
      expect(created.price_rules).toEqual(rows.price_rules.filter(({ price_id }) => createdIds.has(price_id)))
    }),
  )
})
