import {
  changedProductOptions,
  existingOptions,
  optionsFromRows,
} from '../../../modules/product/rules/product-options.ts'
import { countingIds } from '../../support/counting-ids.ts'
import { refusalOf } from '../../support/refusal.ts'

type Facts = Parameters<typeof changedProductOptions>[0]
const option = (title: string, values: string[], more: Partial<Facts['options'][number]> = {}) => ({
  id: `opt ${title}`,
  title,
  is_exclusive: false,
  products: [],
  values: values.map((value) => ({ id: `${title} ${value}`, value })),
  ...more,
})
const linked = (title: string, ...values: string[]) => ({
  id: `prodopt ${title}`,
  product_option_id: `opt ${title}`,
  value_links: values.map((value) => ({ id: `link ${title} ${value}`, product_option_value_id: `${title} ${value}` })),
})
/** A shirt in its own sizes S and M, of which a variant has S; of a shared colour it uses red. */
const facts = (): Facts => ({
  product: {
    id: 'prod_1',
    product_options: [linked('Size', 'S', 'M'), linked('Colour', 'red')],
    variants: [{ options: [{ id: 'Size S' }] }],
  },
  options: [
    option('Size', ['S', 'M'], { is_exclusive: true, products: [{ id: 'prod_1' }] }),
    option('Colour', ['red', 'blue'], { products: [{ id: 'prod_1' }, { id: 'prod_2' }] }),
    option('Fit', ['slim', 'wide']),
    option('Foreign', ['x'], { is_exclusive: true, products: [{ id: 'prod_2' }] }),
  ],
})
type Change = Parameters<typeof changedProductOptions>[1]
const change = (more: Partial<Change>): Change => ({ product_id: 'prod_1', add: [], remove: [], update: [], ...more })
const changed = (more: Partial<Change>, there = facts()) => changedProductOptions(there, change(more), countingIds())

const nothing = {
  options: [],
  values: [],
  links: [],
  valueLinks: [],
  deletedLinks: [],
  deletedValueLinks: [],
  deletedOptions: [],
}
/** Value links, as texts. */
const added = ({ valueLinks }: ReturnType<typeof changed>) =>
  valueLinks.map((one) => `${one.product_product_option_id}: ${one.product_option_value_id}`)

test('an empty change writes nothing', () => {
  expect(changed({})).toEqual(nothing)
})

test('an option is added with all its values, or with those that are named, each once', () => {
  expect(changed({ add: ['opt Fit'] })).toEqual({
    ...nothing,
    links: [{ id: 'prodopt_1', product_id: 'prod_1', product_option_id: 'opt Fit' }],
    valueLinks: [
      { id: 'prodoptval_1', product_product_option_id: 'prodopt_1', product_option_value_id: 'Fit slim' },
      { id: 'prodoptval_2', product_product_option_id: 'prodopt_1', product_option_value_id: 'Fit wide' },
    ],
  })
  expect(added(changed({ add: [{ id: 'opt Fit', value_ids: ['Fit wide', 'Fit wide'] }] }))).toEqual([
    'prodopt_1: Fit wide',
  ])
  expect(changed({ add: [{ id: 'opt Fit', value_ids: [] }] }).links).toHaveLength(1)
})

test('an option that is added twice is linked once, with the values of both', () => {
  const rows = changed({ add: [{ id: 'opt Fit', value_ids: ['Fit wide'] }, 'opt Fit'] })
  expect(rows.links).toHaveLength(1)
  expect(added(rows)).toEqual(['prodopt_1: Fit wide', 'prodopt_1: Fit slim'])
})

test('of an option that the product has only the values are added that it does not use', () => {
  const rows = changed({ add: ['opt Colour'] })
  expect(rows.links).toEqual([])
  expect(added(rows)).toEqual(['prodopt Colour: Colour blue'])
})

test('a new option is its own, unless it is said to be shared', () => {
  const rows = changed({
    add: [
      { title: 'Cut', values: ['wide'], ranks: { wide: 1 } },
      { title: 'Make', values: [], is_exclusive: false },
    ],
  })
  expect(rows.options).toEqual([
    { id: 'opt_1', title: 'Cut', is_exclusive: true },
    { id: 'opt_2', title: 'Make', is_exclusive: false },
  ])
  expect(rows.values).toEqual([{ id: 'optval_1', value: 'wide', rank: 1, option_id: 'opt_1' }])
  expect(rows.links.map((link) => link.product_option_id)).toEqual(['opt_1', 'opt_2'])
  expect(added(rows)).toEqual(['prodopt_1: optval_1'])
})

test('a value is given by its id or by what it says, and is made once where the option has none that says so', () => {
  const green = { value: 'green' }
  const rows = changed({
    add: [{ id: 'opt Fit', value_ids: [{ value: 'slim' }, 'Fit slim'] }],
    update: [
      { product_option_id: 'opt Colour', add: [green, 'Colour blue', green, { value: 'blue' }], remove: [] },
      { product_option_id: 'opt Colour', add: [green], remove: [] },
    ],
  })
  expect(rows.values).toEqual([{ id: 'optval_1', value: 'green', rank: null, option_id: 'opt Colour' }])
  expect(added(rows)).toEqual(['prodopt_1: Fit slim', 'prodopt Colour: optval_1', 'prodopt Colour: Colour blue'])
})

test('values that a product uses no longer are unlinked; they may be added again at once', () => {
  const update = (add: string[], ...remove: string[]) => ({ product_option_id: 'opt Colour', add, remove })
  const gone = changed({ update: [update([], 'Colour red', 'Colour blue')] })
  expect(gone).toEqual({ ...nothing, deletedValueLinks: ['link Colour red'] })
  const again = changed({ update: [update(['Colour red'], 'Colour red')] })
  expect([again.deletedValueLinks, added(again)]).toEqual([['link Colour red'], ['prodopt Colour: Colour red']])
})

test('an option that is removed is unlinked; its own is deleted, a shared one stays', () => {
  const there = facts()
  there.product!.variants = []
  expect(changed({ remove: ['opt Size', 'opt Colour', 'opt Fit'] }, there)).toEqual({
    ...nothing,
    deletedLinks: ['prodopt Size', 'prodopt Colour'],
    deletedOptions: ['opt Size'],
  })
})

test.each([
  ['its own', true, ['prod_1'], true],
  ['shared, but no other product has it', false, ['prod_1'], false],
  ['that of another product, too', true, ['prod_1', 'prod_2'], false],
  ['that of nobody', true, [], false],
])('an option that is removed goes only if it is its own alone: %s', (_, is_exclusive, products, isDeleted) => {
  const cut = option('Cut', ['wide'], { is_exclusive, products: products.map((id) => ({ id })) })
  const { deletedOptions } = changed({ remove: [cut.id] }, { ...facts(), options: [cut] })
  expect(deletedOptions).toEqual(isDeleted ? [cut.id] : [])
})

test('an option that is removed and added is linked anew, and not deleted', () => {
  const there = facts()
  there.product!.variants = []
  const rows = changed({ remove: ['opt Size'], add: ['opt Size'] }, there)
  expect([rows.deletedLinks, rows.deletedOptions]).toEqual([['prodopt Size'], []])
  expect(rows.links).toEqual([{ id: 'prodopt_1', product_id: 'prod_1', product_option_id: 'opt Size' }])
  expect(added(rows)).toEqual(['prodopt_1: Size S', 'prodopt_1: Size M'])
})

const notFound = (message: string) => ({ type: 'not_found', message })
const used = {
  type: 'not_allowed',
  message: 'Product Option Value with id: Size S cannot be removed: variants of the product have it',
}
const update = (product_option_id: string, more = {}) => ({ product_option_id, add: [], remove: [], ...more })

test.each<[Partial<Change>, object]>([
  [{ add: ['opt_0'] }, notFound('ProductOption id not found: opt_0')],
  [{ remove: ['opt_0'] }, notFound('ProductOption id not found: opt_0')],
  [{ update: [update('opt_0')] }, notFound('ProductOption id not found: opt_0')],
  [{ update: [update('opt Fit')] }, notFound("Product Option with id: opt Fit is not one of the product's")],
  [
    { add: [{ id: 'opt Fit', value_ids: ['Size M', 'Fit wide', 'no'] }] },
    notFound('ProductOptionValue id not found: Size M, no'),
  ],
  [{ update: [update('opt Colour', { add: ['Fit wide'] })] }, notFound('ProductOptionValue id not found: Fit wide')],
  [{ remove: ['opt Colour', 'opt Size'] }, used],
  [{ update: [update('opt Size', { remove: ['Size M', 'Size S'] })] }, used],
  [
    { add: ['opt Foreign'] },
    { type: 'not_allowed', message: "Product Option with id: opt Foreign is another product's own" },
  ],
])('the change %j is refused', (given, refusal) => {
  expect(refusalOf(() => changed(given))).toEqual(refusal)
})

test('options of a product that is not there are refused', () => {
  expect(refusalOf(() => changed({}, { options: [] }))).toEqual(notFound('Product with id: prod_1 was not found'))
})

test('the options that a change names, and that exist, are those to be read', () => {
  const ids = existingOptions({
    add: ['opt_1', { id: 'opt_2', value_ids: [] }, { title: 'New', values: [] }],
    remove: ['opt_3'],
    update: [{ product_option_id: 'opt_4', add: [], remove: [] }],
  })
  expect(ids).toEqual(['opt_1', 'opt_2', 'opt_3', 'opt_4'])
  expect(existingOptions({ add: [], remove: [], update: [] })).toEqual([])
})

test('options that are made count as options that exist', () => {
  const values = ['a', 'b'].map((value, i) => ({ id: `optval_${i}`, value, rank: null, option_id: `opt_${i}` }))
  const options = [
    { id: 'opt_0', title: 'Cut' },
    { id: 'opt_1', title: 'Fit', is_exclusive: true },
  ]
  expect(optionsFromRows({ options, values })).toEqual([
    { id: 'opt_0', title: 'Cut', is_exclusive: false, products: [], values: [values[0]] },
    { id: 'opt_1', title: 'Fit', is_exclusive: true, products: [], values: [values[1]] },
  ])
})
