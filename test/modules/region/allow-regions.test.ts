import fc from 'fast-check'
import { allowRegions, codesIn } from '../../../modules/region/rules/allow-regions.ts'
import { refusalOf } from '../../support/refusal.ts'

const country = (iso_2: string, region_id: string | null = null) => ({ iso_2, region_id })
const facts = { currencies: ['eur', 'usd'], countries: [country('de'), country('at', 'reg_1'), country('dk', 'reg_2')] }
const invalid = (message: string) => ({ type: 'invalid_data', message })

test('what regions name is looked up once each', () => {
  expect(codesIn([])).toEqual({ currencies: [], countries: [] })
  const regions = [{ currency_code: 'eur', countries: ['de', 'at'] }, {}, { currency_code: 'eur', countries: ['de'] }]
  expect(codesIn(regions)).toEqual({ currencies: ['eur'], countries: ['de', 'at'] })
})

test('a region may have countries that are free or its own', () => {
  const regions = [
    { id: 'reg_1', currency_code: 'eur', countries: ['de', 'at', 'de'] },
    { id: 'reg_2', name: 'North' },
  ]
  expect(allowRegions(facts, regions)).toBe(regions)
  expect(allowRegions(facts, [])).toEqual([])
})

test('currencies and countries that do not exist are all named, each once', () => {
  const region = { id: 'reg_1', currency_code: 'xxx', countries: ['zz'] }
  expect(refusalOf(() => allowRegions(facts, [region, { ...region, currency_code: 'yyy' }, region]))).toEqual(
    invalid('Currencies with codes: "xxx, yyy" do not exist'),
  )
  expect(refusalOf(() => allowRegions(facts, [{ id: 'reg_1', countries: ['zz', 'de', 'qq', 'zz'] }]))).toEqual(
    invalid('Countries with codes: "zz, qq" do not exist'),
  )
})

test('a country of another region is refused, also where it is given to two at once', () => {
  const refusal = (codes: string) => invalid(`Countries with codes: "${codes}" are already assigned to a region`)
  expect(refusalOf(() => allowRegions(facts, [{ id: 'reg_3', countries: ['dk', 'de', 'at'] }]))).toEqual(
    refusal('dk, at'),
  )
  const both = [
    { id: 'reg_3', countries: ['de'] },
    { id: 'reg_4', countries: ['de'] },
  ]
  expect(refusalOf(() => allowRegions(facts, both))).toEqual(refusal('de'))
})

test('of whatever is allowed, no country comes to be in two regions', () => {
  const codes: fc.Arbitrary<string> = fc.constantFrom('aa', 'bb', 'cc')
  const ids = fc.constantFrom('reg_1', 'reg_2', 'reg_3')
  const given = fc.uniqueArray(fc.record({ id: ids, countries: fc.array(codes) }), { selector: ({ id }) => id })
  const holders = fc.record({ aa: fc.option(ids), bb: fc.option(ids), cc: fc.option(ids) })
  fc.assert(
    fc.property(given, holders, (regions, held) => {
      const countries = Object.entries(held).map(([iso_2, region_id]) => ({ iso_2, region_id }))
      const isFree = (code: string, id: string) => {
        const others = regions.filter((one) => one.id !== id && one.countries.includes(code))
        return others.length === 0 && [null, id].includes(countries.find(({ iso_2 }) => iso_2 === code)!.region_id)
      }
      const isAllowed = regions.every(({ id, countries: wanted }) => wanted.every((code) => isFree(code, id)))
      const decide = () => allowRegions({ currencies: [], countries }, regions)
      if (isAllowed) expect(decide()).toBe(regions)
      else expect(refusalOf(decide).type).toBe('invalid_data')
    }),
  )
})
