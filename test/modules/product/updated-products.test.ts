import { updatedProducts } from '../../../modules/product/rules/updated-products.ts'
import { countingIds } from '../../support/counting-ids.ts'
import { refusalOf } from '../../support/refusal.ts'

const value = (id: string) => ({ id, value: id.toUpperCase() })
const option = (title: string, is_exclusive: boolean, ...values: string[]) => {
  return { id: `opt ${title}`, title, is_exclusive, products: [{ id: 'prod_1' }], values: values.map(value) }
}
const uses = (title: string, ...values: string[]) => ({
  id: `prodopt ${title}`,
  product_option_id: `opt ${title}`,
  value_links: values.map((id) => ({ id: `link ${id}`, product_option_value_id: id })),
})
const variant = (id: string, ...values: string[]) => ({ id, title: id, options: values.map((one) => ({ id: one })) })
/** A shirt in its own sizes; there are shared colours, of which it has none. */
const facts = () => ({
  products: [
    {
      id: 'prod_1',
      title: 'Shirt',
      product_options: [uses('Size', 's', 'm')],
      variants: [variant('small', 's'), variant('medium', 'm')],
      images: [],
    },
  ],
  options: [option('Size', true, 's', 'm'), { ...option('Colour', false, 'red', 'blue'), products: [] }],
})
type Update = Omit<Parameters<typeof updatedProducts>[1][number], 'id'>
const updated = (update: Update, there = facts()) =>
  updatedProducts(there, [{ id: 'prod_1', ...update }], countingIds())

test('where no options are given none are changed', () => {
  const rows = updated({ title: 'Vest' })
  expect([rows.optionsBefore, rows.optionsAfter]).toEqual([[], []])
  expect(rows.products).toMatchObject([{ products: [{ id: 'prod_1', title: 'Vest' }] }])
  const same = updated({ options: [{ title: 'Size' }] })
  expect([same.optionsBefore, same.optionsAfter]).toEqual([[], []])
  expect(updatedProducts(facts(), [], countingIds())).toEqual({ optionsBefore: [], products: [], optionsAfter: [] })
})

test('variants may have values that the same update adds to an option', () => {
  const rows = updated({
    options: [{ title: 'Size', values: ['S', 'M', 'L'] }],
    variants: { create: [{ title: 'Large', options: { Size: 'L' } }], update: [], delete: [] },
  })
  expect(rows.optionsBefore).toMatchObject([{ values: [{ id: 'optval_1', value: 'L', option_id: 'opt Size' }] }])
  expect(rows.products[0]!.variant_options).toMatchObject([{ option_value_id: 'optval_1' }])
  expect(rows.optionsAfter).toEqual([])
})

test('variants may have values of options that the same update adds, shared or new', () => {
  const rows = updated({
    options: [{ title: 'Size' }, { id: 'opt Colour', values: ['BLUE'] }, { title: 'Cut', values: ['wide'] }],
    variants: [{ id: 'small', options: { Colour: 'BLUE', Cut: 'wide' } }],
  })
  expect(rows.optionsBefore).toMatchObject([
    {
      options: [{ id: 'opt_1', title: 'Cut' }],
      links: [{ product_option_id: 'opt Colour' }, { product_option_id: 'opt_1' }],
    },
  ])
  expect(rows.products[0]!.variant_options.map((one) => one.option_value_id)).toEqual(['s', 'blue', 'optval_1'])
})

test('of a shared option variants have only the values that the update gives', () => {
  const refused = refusalOf(() =>
    updated({
      options: [{ title: 'Size' }, { id: 'opt Colour', values: ['BLUE'] }],
      variants: [{ id: 'small', options: { Colour: 'RED' } }],
    }),
  )
  expect(refused).toEqual({ type: 'invalid_data', message: 'Option value RED does not exist for option Colour' })
})

test('of a shared option variants have the values that the product used before, and those that are added', () => {
  const there = facts()
  there.products[0]!.product_options.push(uses('Colour', 'red'))
  const variants = [
    { id: 'small', options: { Colour: 'RED' } },
    { id: 'medium', options: { Colour: 'BLUE' } },
  ]
  const rows = updated({ options: [{ title: 'Size' }, { title: 'Colour', values: ['RED', 'BLUE'] }], variants }, there)
  expect(rows.products[0]!.variant_options.map((one) => one.option_value_id)).toEqual(['s', 'red', 'm', 'blue'])
})

test('a value goes after the variants that had it: deleted, or with another value', () => {
  const options = [{ title: 'Size', values: ['S'] }]
  const after = [{ deletedValueLinks: ['link m'] }]
  expect(updated({ options, variants: [{ id: 'small' }] }).optionsAfter).toMatchObject(after)
  const revalued = [{ id: 'medium', options: { Size: 'S' } }]
  expect(updated({ options, variants: revalued }).optionsAfter).toMatchObject(after)
})

test('an option goes after the variants that had it', () => {
  const rows = updated({ options: [], variants: [] })
  expect(rows.products[0]!.deletedVariants).toEqual(['small', 'medium'])
  expect(rows.optionsAfter).toMatchObject([{ deletedLinks: ['prodopt Size'], deletedOptions: ['opt Size'] }])
})

test('what variants have afterwards does not go', () => {
  const used = (id: string) => ({
    type: 'not_allowed',
    message: `Product Option Value with id: ${id} cannot be removed: variants of the product have it`,
  })
  expect(refusalOf(() => updated({ options: [{ title: 'Size', values: ['S'] }] }))).toEqual(used('m'))
  expect(refusalOf(() => updated({ options: [] }))).toEqual(used('s'))
  const change = { options: [{ title: 'Size', values: ['S'] }], variants: [{ title: 'Again', options: { Size: 'M' } }] }
  expect(refusalOf(() => updated(change))).toEqual(used('m'))
})

test('a product that is not there is refused, whatever comes before it', () => {
  const updates = [
    { id: 'prod_1', title: 'A' },
    { id: 'prod_2', title: 'B' },
  ]
  expect(refusalOf(() => updatedProducts(facts(), updates, countingIds()))).toEqual({
    type: 'not_found',
    message: 'Product with id "prod_2" not found',
  })
})

test('several products are changed in their order', () => {
  const there = facts()
  there.products.push({ ...there.products[0]!, id: 'prod_2', title: 'Hat', product_options: [], variants: [] })
  const updates = [
    { id: 'prod_2', options: [{ title: 'Cut', values: ['wide'] }] },
    { id: 'prod_1', options: [{ title: 'Size', values: ['S', 'M', 'L'] }] },
  ]
  const rows = updatedProducts(there, updates, countingIds())
  expect(rows.products.map(({ products }) => products)).toEqual([[], []])
  expect(rows.optionsBefore).toMatchObject([{ links: [{ product_id: 'prod_2' }] }, { values: [{ value: 'L' }] }])
})
