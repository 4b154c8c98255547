/** The choice of tax rates (`docs/http-api.md`), level by level. */
import { chooseRates, type Rate, type RateRule } from '../../../modules/tax/rules/choose-rates.ts'

const rate = (id: string, given: Partial<Rate> = {}): Rate => ({
  id,
  rate: 10,
  code: id,
  name: `Rate ${id}`,
  is_default: false,
  is_combinable: false,
  rules: [],
  ...given,
})
const rule = (reference: string, reference_id: string): RateRule => ({ reference, reference_id })
const forProduct = (id: string, given: Partial<Rate> = {}) => rate(id, { rules: [rule('product', 'p')], ...given })
const forType = (id: string, given: Partial<Rate> = {}) => rate(id, { rules: [rule('product_type', 't')], ...given })
const byDefault = (id: string, given: Partial<Rate> = {}) => rate(id, { is_default: true, ...given })

const line = { product_id: 'p', product_type_id: 't' }
const ids = (rates: Rate[]) => rates.map(({ id }) => id)

const province = [byDefault('3 province default'), forType('2 province type'), forProduct('1 province product')]
const country = [byDefault('6 country default'), forType('5 country type'), forProduct('4 country product')]

test.each([
  ['1 province product', 3, 3],
  ['2 province type', 2, 3],
  ['3 province default', 1, 3],
  ['4 country product', 0, 3],
  ['5 country type', 0, 2],
  ['6 country default', 0, 1],
])('%s is the best of what is there', (best, ofProvince, ofCountry) => {
  const rates = { province: province.slice(0, ofProvince), country: country.slice(0, ofCountry) }
  expect(ids(chooseRates(line, rates))).toEqual([best])
})

test('a shipping option counts as a product does', () => {
  const shipping = rate('shipping', { rules: [rule('shipping_option', 'so')] })
  const rates = { country: [byDefault('default'), forType('type'), shipping] }
  expect(ids(chooseRates({ shipping_option_id: 'so', product_type_id: 't' }, rates))).toEqual(['shipping'])
  expect(ids(chooseRates({ shipping_option_id: 'other' }, rates))).toEqual(['default'])
})

test('a rule is for its own kind of thing only, and one of several is enough', () => {
  const mixed = rate('mixed', {
    rules: [rule('product', 't'), rule('shipping_option', 'p'), rule('product_type', 'x')],
  })
  expect(chooseRates(line, { country: [mixed] })).toEqual([])
  expect(ids(chooseRates({ product_type_id: 'x' }, { country: [mixed] }))).toEqual(['mixed'])
  expect(chooseRates({ product_id: null }, { country: [forProduct('product')] })).toEqual([])
})

test('a combinable rate of a province brings the best of its country along', () => {
  const combinable = [forType('province', { is_combinable: true })]
  expect(ids(chooseRates(line, { province: combinable, country }))).toEqual(['province', '4 country product'])
  expect(ids(chooseRates(line, { province: combinable, country: country.slice(0, 1) }))).toEqual([
    'province',
    '6 country default',
  ])
  expect(ids(chooseRates(line, { province: combinable, country: [] }))).toEqual(['province'])
})

test('a combinable rate of a country stands alone', () => {
  const combinable = [byDefault('default'), forProduct('product', { is_combinable: true })]
  expect(ids(chooseRates(line, { country: combinable }))).toEqual(['product'])
})

test('of rates that are equally close the oldest counts, in whatever order they come', () => {
  const rates = [forProduct('txr_2'), forProduct('txr_1')]
  expect(ids(chooseRates(line, { country: rates }))).toEqual(['txr_1'])
  expect(ids(chooseRates(line, { country: rates.toReversed() }))).toEqual(['txr_1'])
})

test('without a tax region of the country nothing is due', () => {
  expect(chooseRates(line, {})).toEqual([])
  expect(chooseRates(line, { province })).toEqual([])
})
