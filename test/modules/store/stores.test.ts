import { allowStores, currenciesOf, refuseCurrencies, refuseTwice } from '../../../modules/store/rules/stores.ts'
import { refusalOf } from '../../support/refusal.ts'

const currency = (currency_code: string, is_default = false) => ({ currency_code, is_default })
const invalid = (message: string) => ({ type: 'invalid_data', message })

test('a store has exactly one default among its currencies', () => {
  expect(refuseCurrencies([currency('eur', true)])).toBeUndefined()
  expect(refuseCurrencies([currency('usd'), currency('eur', true), { currency_code: 'dkk' }])).toBeUndefined()
  const none = invalid('There should be a default currency set for the store')
  expect(refusalOf(() => refuseCurrencies([]))).toEqual(none)
  expect(refusalOf(() => refuseCurrencies([currency('eur'), { currency_code: 'usd' }]))).toEqual(none)
  expect(refusalOf(() => refuseCurrencies([currency('eur', true), currency('usd', true)]))).toEqual(
    invalid('Only one default currency is allowed'),
  )
})

test('a currency that is there twice is refused as such, whatever the defaults', () => {
  const twice = [currency('usd'), currency('eur', true), currency('eur', true)]
  expect(refusalOf(() => refuseCurrencies(twice))).toEqual(invalid('The currency eur is given twice'))
})

test('no code is there twice', () => {
  expect(refuseTwice('locale', [])).toBeUndefined()
  expect(refuseTwice('locale', ['de-DE', 'de-AT'])).toBeUndefined()
  expect(refusalOf(() => refuseTwice('locale', ['a', 'b', 'b', 'a']))).toEqual(invalid('The locale b is given twice'))
})

const store = (id: string, ...codes: string[]) => ({
  id,
  supported_currencies: codes.map((code) => ({ id: `stocur_${code}`, ...currency(code) })),
})

test('every currency of several stores is looked up once', () => {
  expect(currenciesOf([])).toEqual([])
  expect(currenciesOf([store('store_1', 'usd', 'eur'), { id: 'store_2' }, store('store_3', 'eur', 'dkk')])).toEqual([
    ...['usd', 'eur', 'dkk'],
  ])
})

test('stores have no currencies that do not exist', () => {
  const stores = [store('store_1', 'eur'), { id: 'store_2', name: 'Two' }]
  expect(allowStores(['eur', 'usd'], stores)).toBe(stores)
  expect(refusalOf(() => allowStores(['usd'], stores))).toEqual(invalid('Currencies with codes: "eur" do not exist'))
  expect(
    refusalOf(() => allowStores(['eur'], [store('store_1', 'xxx', 'eur'), store('store_2', 'yyy', 'xxx')])),
  ).toEqual(invalid('Currencies with codes: "xxx, yyy" do not exist'))
})
