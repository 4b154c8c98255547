import { changesInList, listChange, pricesOfProducts } from '../../../modules/pricing/rules/list-changes.ts'
import { countingIds } from '../../support/counting-ids.ts'
import { refusalOf } from '../../support/refusal.ts'

const facts = {
  lists: ['plist_1'],
  sets: [
    { variant_id: 'variant_1', price_set_id: 'pset_1' },
    { variant_id: 'variant_2', price_set_id: 'pset_2' },
  ],
  prices: ['price_a', 'price_b'],
}
const price = (variant_id: string, more = {}) => ({ variant_id, currency_code: 'eur', amount: 5, ...more })
const update = (id: string, more = {}) => ({ id, variant_id: 'variant_1', ...more })
const rows = (more: Partial<Parameters<typeof listChange>[0]> = {}) =>
  listChange({ price_list_id: 'plist_1', create: [], update: [], delete: [], ...more }, countingIds())

test('what is created, changed and deleted is written in the sets of the variants', () => {
  const change = rows({
    create: [price('variant_2', { rules: { region_id: 'reg_1' } })],
    update: [update('price_a', { amount: 7 })],
    delete: ['price_b'],
  })
  const written = changesInList(facts, change)
  expect(written.prices).toMatchObject([
    { id: 'price_1', price_set_id: 'pset_2', price_list_id: 'plist_1', amount: '5' },
  ])
  expect(written.updated).toMatchObject([{ id: 'price_a', price_set_id: 'pset_1', amount: '7' }])
  expect(written.price_rules).toMatchObject([{ price_id: 'price_1', value: 'reg_1' }])
  expect(written.deleted).toEqual(['price_b'])
})

test('an empty change writes nothing', () => {
  const nothing = { prices: [], price_rules: [], updated: [], replaced: [], deleted: [] }
  expect(changesInList(facts, rows())).toEqual(nothing)
})

test('rules that are given replace all that a price has, an empty object, too', () => {
  const change = rows({
    update: [update('price_a', { rules: {} }), update('price_b', { rules: { region_id: 'reg_2' } })],
  })
  const { replaced, price_rules } = changesInList(facts, change)
  expect(replaced).toEqual(['price_a', 'price_b'])
  expect(price_rules.map(({ price_id, value }) => [price_id, value])).toEqual([['price_b', 'reg_2']])
  expect(changesInList(facts, rows({ update: [update('price_a', { amount: 1 })] })).replaced).toEqual([])
})

test('of what two changes of a price give, the later counts; a price is deleted once', () => {
  const twice = [update('price_a', { amount: 1, min_quantity: 2, rules: { a: '1' } }), update('price_a', { amount: 3 })]
  const { updated, price_rules, deleted } = changesInList(
    facts,
    rows({ update: twice, delete: ['price_b', 'price_b'] }),
  )
  expect(updated).toMatchObject([{ id: 'price_a', amount: '3', min_quantity: '2', rules_count: 1 }])
  expect(price_rules).toHaveLength(1)
  expect(deleted).toEqual(['price_b'])
})

const notFound = (message: string) => ({ type: 'not_found', message })

test('a list that is not there, or a price that is not in it, is refused', () => {
  const noList = { ...facts, lists: [] }
  expect(refusalOf(() => changesInList(noList, rows({ delete: ['price_none'] })))).toEqual(
    notFound('Price List with id: plist_1 was not found'),
  )
  for (const change of [
    rows({ update: [update('price_a'), update('price_c')] }),
    rows({ delete: ['price_a', 'price_c'] }),
  ])
    expect(refusalOf(() => changesInList(facts, change))).toEqual(notFound('Price with id: price_c was not found'))
})

test('a price, new or changed, is for a variant that has a price set', () => {
  const refusal = {
    type: 'invalid_data',
    message: 'Variants with ids: variant_3 do not exist or have no price set',
  }
  expect(refusalOf(() => changesInList(facts, rows({ create: [price('variant_3')] })))).toEqual(refusal)
  const change = rows({ update: [update('price_a', { variant_id: 'variant_3' })] })
  expect(refusalOf(() => changesInList(facts, change))).toEqual(refusal)
})

test('all prices that a list has for products go, and nothing else', () => {
  const found = { lists: ['plist_1'], prices: ['price_a', 'price_b'] }
  expect(pricesOfProducts(found, { price_list_id: 'plist_1' })).toEqual({
    ...{ prices: [], price_rules: [], updated: [], replaced: [] },
    deleted: ['price_a', 'price_b'],
  })
  expect(refusalOf(() => pricesOfProducts({ ...found, lists: [] }, { price_list_id: 'plist_1' }))).toEqual(
    notFound('Price List with id: plist_1 was not found'),
  )
})
