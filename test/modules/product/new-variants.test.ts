import fc from 'fast-check'
import { combinationKey, combinationTaken, newVariants, valuesOf } from '../../../modules/product/rules/new-variants.ts'
import { countingIds } from '../../support/counting-ids.ts'
import { refusalOf } from '../../support/refusal.ts'

const option = (title: string, ...values: string[]) => ({
  id: `opt ${title}`,
  title,
  values: values.map((value) => ({ id: `${title} ${value}`, value })),
})
const shirt = (more = {}) => ({
  product_id: 'prod_1',
  title: 'Shirt',
  options: [option('Size', 'S', 'M'), option('Colour', 'Red', 'Blue')],
  ...more,
})
const variant = (Size: string, Colour: string, more = {}) => ({
  title: `${Size} ${Colour}`,
  options: { Size, Colour },
  ...more,
})
const made = (variants: Parameters<typeof newVariants>[0], of = shirt()) => newVariants(variants, of, countingIds())
const invalid = (message: string) => ({ type: 'invalid_data', message })

test('a variant is written with a value for each option, ranked in the order given', () => {
  const { variants, variant_options } = made([variant('M', 'Red', { sku: 'M-RED' }), variant('S', 'Red')])
  expect(variants).toEqual([
    { id: 'variant_1', product_id: 'prod_1', title: 'M Red', sku: 'M-RED', variant_rank: 0 },
    { id: 'variant_2', product_id: 'prod_1', title: 'S Red', variant_rank: 1 },
  ])
  expect(variant_options).toEqual([
    { id: 'varopt_1', variant_id: 'variant_1', option_value_id: 'Size M' },
    { id: 'varopt_2', variant_id: 'variant_1', option_value_id: 'Colour Red' },
    { id: 'varopt_3', variant_id: 'variant_2', option_value_id: 'Size S' },
    { id: 'varopt_4', variant_id: 'variant_2', option_value_id: 'Colour Red' },
  ])
  expect(made([])).toEqual({ variants: [], variant_options: [] })
})

test('new variants are ranked after those that are there, unless they say where', () => {
  const ranks = made(
    [variant('M', 'Red'), variant('S', 'Red', { variant_rank: 0 }), variant('S', 'Blue')],
    shirt({ count: 4 }),
  ).variants.map(({ variant_rank }) => variant_rank)
  expect(ranks).toEqual([4, 0, 6])
})

test.each([
  [{ Size: 'S' }, 'Product "Shirt" has variants with missing options: [Colour] (variant "x")'],
  [{}, 'Product "Shirt" has variants with missing options: [Size, Colour] (variant "x")'],
  [undefined, 'Product "Shirt" has variants with missing options: [Size, Colour] (variant "x")'],
  [{ Size: 'S', Colour: 'Red', Fit: 'slim' }, 'Option Fit does not exist for product Shirt'],
  [{ Size: 'XL', Colour: 'Red' }, 'Option value XL does not exist for option Size'],
  [{ Size: 'Red', Colour: 'S' }, 'Option value Red does not exist for option Size'],
])('a variant of %j is refused: %s', (options, message) => {
  expect(refusalOf(() => made([variant('M', 'Red'), { title: 'x', options }]))).toEqual(invalid(message))
  if (options)
    expect(refusalOf(() => valuesOf('x', options as Record<string, string>, shirt()))).toEqual(invalid(message))
})

test('two variants do not have the same values, in whatever order they are given', () => {
  const again = { title: 'Again', options: { Colour: 'Red', Size: 'S' } }
  const refusal = invalid('Variant "Again" has the same combination of option values as another: Colour: Red, Size: S')
  expect(refusalOf(() => made([variant('S', 'Red'), again]))).toEqual(refusal)
  expect(refusalOf(() => made([again], shirt({ taken: [['Size S', 'Colour Red']] })))).toEqual(refusal)
  expect(combinationTaken('Again', again.options).toJSON()).toEqual(refusal)
})

test('where there is one option no two variants have the same value', () => {
  const variants = ['S', 'S'].map((Size) => ({ title: 'One size', options: { Size } }))
  expect(refusalOf(() => made(variants, shirt({ options: [option('Size', 'S')] }))).message).toBe(
    'Variant "One size" has the same combination of option values as another: Size: S',
  )
})

test('of a product without options any number of variants has no values', () => {
  const { variants, variant_options } = made([{ title: 'One' }, { title: 'Two', options: {} }], shirt({ options: [] }))
  expect([variants.length, variant_options]).toEqual([2, []])
})

test('a combination is the same whatever the order of its values', () => {
  expect(combinationKey(['b', 'a'])).toBe(combinationKey(['a', 'b']))
  expect(combinationKey(['a'])).not.toBe(combinationKey(['a', 'b']))
  expect(combinationKey([])).toBe('')
})

test('variants are taken exactly if no combination is there twice', () => {
  const one = fc.record({ Size: fc.constantFrom('S', 'M'), Colour: fc.constantFrom('Red', 'Blue') })
  fc.assert(
    fc.property(fc.array(one, { maxLength: 4 }), fc.array(one, { maxLength: 2 }), (given, there) => {
      const of = shirt({ taken: there.map(({ Size, Colour }) => [`Colour ${Colour}`, `Size ${Size}`]) })
      const decide = () =>
        made(
          given.map(({ Size, Colour }) => variant(Size, Colour)),
          of,
        )
      const texts = given.map(({ Size, Colour }) => `${Size} ${Colour}`)
      const before = new Set(there.map(({ Size, Colour }) => `${Size} ${Colour}`))
      const isUnique = new Set(texts).size === texts.length && !texts.some((text) => before.has(text))
      if (isUnique) expect(decide().variants.map(({ title }) => title)).toEqual(texts)
      else expect(refusalOf(decide).message).toMatch(/has the same combination/)
    }),
  )
})
