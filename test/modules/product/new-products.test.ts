import { newGroups, newOptions, newProducts } from '../../../modules/product/rules/new-products.ts'
import { countingIds } from '../../support/counting-ids.ts'
import { refusalOf } from '../../support/refusal.ts'

const size = { title: 'Size', values: ['S', 'M'] }
const shirt = (more = {}) => ({ title: 'Shirt', options: [size], ...more })
const value = (id: string) => ({ id, value: id.toUpperCase() })
const colour = { id: 'opt_colour', title: 'Colour', is_exclusive: false, values: [value('red'), value('blue')] }
const made = (...products: Parameters<typeof newProducts>[0]) => newProducts(products, [colour], countingIds())
const options = (...given: Parameters<typeof newOptions>[0]) => newOptions(given, 'prod_1', [colour], countingIds())
const invalid = (message: string) => ({ type: 'invalid_data', message })

test('a product is written with a handle, and all that belongs to it with its id', () => {
  const rows = made(
    shirt({
      subtitle: 'Blue',
      metadata: null,
      images: [{ url: 'a.png' }, { url: 'b.png' }],
      tags: [{ id: 'ptag_1' }],
      categories: [{ id: 'pcat_1' }],
      variants: [{ title: 'Small', options: { Size: 'S' } }],
    }),
  )
  expect(rows).toEqual({
    products: [{ id: 'prod_1', title: 'Shirt', subtitle: 'Blue', metadata: null, handle: 'shirt', thumbnail: 'a.png' }],
    options: [{ id: 'opt_1', title: 'Size', is_exclusive: true, metadata: null }],
    values: [
      { id: 'optval_1', value: 'S', rank: null, option_id: 'opt_1' },
      { id: 'optval_2', value: 'M', rank: null, option_id: 'opt_1' },
    ],
    product_options: [{ id: 'prodopt_1', product_id: 'prod_1', product_option_id: 'opt_1' }],
    product_option_values: [
      { id: 'prodoptval_1', product_product_option_id: 'prodopt_1', product_option_value_id: 'optval_1' },
      { id: 'prodoptval_2', product_product_option_id: 'prodopt_1', product_option_value_id: 'optval_2' },
    ],
    variants: [{ id: 'variant_1', product_id: 'prod_1', title: 'Small', variant_rank: 0 }],
    variant_options: [{ id: 'varopt_1', variant_id: 'variant_1', option_value_id: 'optval_1' }],
    images: [
      { id: 'img_1', url: 'a.png', rank: 0, product_id: 'prod_1' },
      { id: 'img_2', url: 'b.png', rank: 1, product_id: 'prod_1' },
    ],
    tags: [{ id: 'prodtag_1', product_id: 'prod_1', product_tag_id: 'ptag_1' }],
    categories: [{ id: 'pcatprod_1', product_id: 'prod_1', product_category_id: 'pcat_1' }],
  })
})

test('the rows of several products are in their order, each with its own options', () => {
  const variants = [{ title: 'Small', options: { Size: 'S' } }]
  const { products, variants: rows, variant_options } = made(shirt({ variants }), shirt({ title: 'Hat', variants }))
  expect(products.map(({ id, title }) => [id, title])).toEqual([
    ['prod_1', 'Shirt'],
    ['prod_2', 'Hat'],
  ])
  expect(rows.map(({ product_id }) => product_id)).toEqual(['prod_1', 'prod_2'])
  expect(variant_options.map(({ option_value_id }) => option_value_id)).toEqual(['optval_1', 'optval_3'])
  const none = made()
  for (const all of Object.values(none)) expect(all).toEqual([])
})

test.each([
  [{ thumbnail: 't.png', images: [{ url: 'a.png' }] }, 't.png'],
  [{ thumbnail: null, images: [{ url: 'a.png' }] }, 'a.png'],
  [{ images: [] }, null],
  [{}, null],
])('given %j the thumbnail is %j', (given, thumbnail) => {
  expect(made(shirt(given)).products[0]!.thumbnail).toBe(thumbnail)
})

test('the handle is the one given, or by chance where the title says nothing', () => {
  expect(made(shirt({ handle: 'my-shirt' })).products[0]!.handle).toBe('my-shirt')
  const newId = countingIds()
  const byChance = newProducts([shirt({ title: '!' })], [], (prefix) =>
    prefix === 'h' ? 'h_01ABCXYZ123' : newId(prefix),
  )
  expect(byChance.products[0]!.handle).toBe('product-xyz123')
  expect(refusalOf(() => made(shirt({ handle: 'My shirt' })))).toEqual(
    invalid("Invalid product handle 'My shirt'. It must contain URL safe characters"),
  )
})

test('products without options are refused, all of them named', () => {
  expect(refusalOf(() => made({ title: 'A' }))).toEqual(invalid('Product options are not provided for: [A].'))
  expect(refusalOf(() => made({ title: 'A' }, shirt(), { title: 'B', options: [] }))).toEqual(
    invalid('Product options are not provided for: [A, B].'),
  )
})

test('variants fit the options of their product', () => {
  const variants = [{ title: 'Large', options: { Size: 'L' } }]
  expect(refusalOf(() => made(shirt({ variants })))).toEqual(invalid('Option value L does not exist for option Size'))
})

test('a new option has each value once, with the rank that is said', () => {
  const given = { title: 'Fit', values: ['slim', 'wide', 'slim'], ranks: { wide: 0, other: 7 }, is_exclusive: false }
  const { rows, inUse } = options({ ...given, metadata: { a: 1 } })
  expect(rows.options).toEqual([{ id: 'opt_1', title: 'Fit', is_exclusive: false, metadata: { a: 1 } }])
  const fitted = [
    { id: 'optval_1', value: 'slim' },
    { id: 'optval_2', value: 'wide' },
  ]
  expect(inUse).toEqual([{ id: 'opt_1', title: 'Fit', values: fitted }])
  expect(rows.values.map(({ rank }) => rank)).toEqual([null, 0])
})

test('of an option that is there the product uses all values, or those that are named', () => {
  const used = (given: { id: string; value_ids?: string[] }) => {
    const { rows, inUse } = options(given)
    expect([rows.options, rows.values]).toEqual([[], []])
    expect(rows.product_options).toEqual([{ id: 'prodopt_1', product_id: 'prod_1', product_option_id: 'opt_colour' }])
    const linked = rows.product_option_values.map((one) => one.product_option_value_id)
    expect(inUse[0]!.values.map(({ id }) => id)).toEqual(linked)
    return linked
  }
  expect(used({ id: 'opt_colour' })).toEqual(['red', 'blue'])
  expect(used({ id: 'opt_colour', value_ids: ['blue', 'blue'] })).toEqual(['blue'])
  expect(used({ id: 'opt_colour', value_ids: [] })).toEqual([])
})

test.each([
  [[{ id: 'opt_0' }], 'not_found', 'ProductOption id not found: opt_0'],
  [[{ id: 'opt_colour', value_ids: ['pink'] }], 'not_found', 'ProductOptionValue id not found: pink'],
  [
    [{ id: 'opt_colour', value_ids: ['green', 'red', 'pink'] }],
    'not_found',
    'ProductOptionValue id not found: green, pink',
  ],
  [[size, { ...size, values: [] }], 'invalid_data', 'Product option with title: Size is given twice'],
  [
    [{ id: 'opt_colour' }, { title: 'Colour', values: [] }],
    'invalid_data',
    'Product option with title: Colour is given twice',
  ],
])('the options %j are refused', (given, type, message) => {
  expect(refusalOf(() => options(...given))).toEqual({ type, message })
})

test("an option of one product is not another's", () => {
  expect(
    refusalOf(() => newOptions([{ id: 'opt_colour' }], 'prod_1', [{ ...colour, is_exclusive: true }], countingIds())),
  ).toEqual({ type: 'not_allowed', message: "Product Option with id: opt_colour is another product's own" })
})

test('a product has each tag, and is in each category, once', () => {
  const twice = [{ id: 'x_2' }, { id: 'x_1' }, { id: 'x_2' }]
  const { tags, categories } = newGroups('prod_1', { tags: twice, categories: twice }, countingIds())
  expect(tags.map((one) => one.product_tag_id)).toEqual(['x_2', 'x_1'])
  expect(categories.map((one) => one.product_category_id)).toEqual(['x_2', 'x_1'])
  expect(newGroups('prod_1', {}, countingIds())).toEqual({ tags: [], categories: [] })
})
