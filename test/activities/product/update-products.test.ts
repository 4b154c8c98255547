import { partEvents, productUpdateRows, variantUpdates } from '../../../activities/product/update-products.ts'
import { countingIds } from '../../support/counting-ids.ts'
import { NOTHING_LEFT, partsOf } from './facts.ts'

const variant = (id: string, value: string) => ({ id, title: id, options: [{ id: value }] })
const shirt = {
  id: 'prod_1',
  title: 'Shirt',
  product_options: [{ id: 'prodopt_a', product_option_id: 'opt_a', value_links: [] }],
  variants: [variant('small', 's'), variant('medium', 'm')],
  images: [],
}
const size = {
  id: 'opt_a',
  title: 'Size',
  is_exclusive: true,
  products: [{ id: 'prod_1' }],
  values: ['s', 'm', 'l'].map((id) => ({ id, value: id.toUpperCase() })),
}
const facts = {
  products: [shirt, { ...shirt, id: 'prod_2', variants: [] }],
  options: [size],
  parts: new Map([partsOf('small'), partsOf('medium')]),
  deleted: NOTHING_LEFT,
}
const rowsOf = (...updates: Parameters<typeof productUpdateRows>[1]) => productUpdateRows(facts, updates, countingIds())
const large = { title: 'Large', options: { Size: 'L' }, prices: [{ currency_code: 'eur', amount: 3 }] }
const eur = (amount: number) => [{ currency_code: 'eur', amount }]

test('what is of other modules is not written with the product', () => {
  const { products } = rowsOf({
    id: 'prod_1',
    title: 'Vest',
    sales_channels: [],
    shipping_profile_id: null,
    variants: [{ id: 'small', weight: 1, prices: [], inventory_items: [] }, { id: 'medium' }],
  })
  expect(products[0]!.products).toEqual([{ id: 'prod_1', title: 'Vest' }])
  expect(products[0]!.changedVariants).toEqual([{ id: 'small', weight: 1 }, { id: 'medium' }])
  const changes = { create: [large], update: [{ id: 'small', prices: [] }], delete: ['medium'] }
  const [change] = rowsOf({ id: 'prod_1', variants: changes }).products
  expect(change!.variants).toEqual([{ id: 'variant_1', title: 'Large', variant_rank: 1, product_id: 'prod_1' }])
  expect(change!.changedVariants).toEqual([{ id: 'small' }])
})

test('prices come to the variants that they are given for, new and kept, in a list and in a change', () => {
  const list = [large, { id: 'small', prices: eur(1) }]
  for (const variants of [list, { create: [large], update: [{ id: 'small', prices: eur(1) }], delete: ['medium'] }]) {
    const { parts, updatedVariants } = rowsOf({ id: 'prod_1', variants })
    expect(parts.links[0]!.add).toEqual([{ variant_id: 'variant_1', price_set_id: 'pset_1' }])
    expect(parts.priceSets.prices).toMatchObject([{ price_set_id: 'pset_1', amount: '3' }])
    expect(parts.replacedPrices.prices).toMatchObject([{ price_set_id: 'pset of small', amount: '1' }])
    expect(updatedVariants).toEqual(['small'])
  }
})

test('channels are all that are given; a profile is replaced, or taken away by null', () => {
  const productLinks = (update: object) => rowsOf({ id: 'prod_1', ...update }).productLinks
  const only = { column: 'product_id', ids: ['prod_1'] }
  const channel = (id: string) => ({ product_id: 'prod_1', sales_channel_id: id })
  expect(productLinks({})).toEqual([])
  expect(productLinks({ sales_channels: [{ id: 'sc_1' }, { id: 'sc_2' }] })).toEqual([
    { link: 'product_sales_channel', add: [channel('sc_1'), channel('sc_2')], only },
  ])
  expect(productLinks({ sales_channels: [] })).toEqual([{ link: 'product_sales_channel', add: [], only }])
  const profile = { link: 'product_shipping_profile', only }
  expect(productLinks({ shipping_profile_id: 'sp_1' })).toEqual([
    { ...profile, add: [{ product_id: 'prod_1', shipping_profile_id: 'sp_1' }] },
  ])
  expect(productLinks({ shipping_profile_id: null })).toEqual([{ ...profile, add: [] }])
})

test('a product that is changed twice has what the later change says', () => {
  const { products, productLinks } = rowsOf(
    { id: 'prod_1', title: 'A', images: [{ url: 'a.png' }], sales_channels: [{ id: 'sc_1' }] },
    { id: 'prod_2', title: 'Other' },
    { id: 'prod_1', title: 'B', images: [{ url: 'b.png' }] },
  )
  expect(products.map((rows) => rows.products)).toEqual([
    [{ id: 'prod_1', title: 'B' }],
    [{ id: 'prod_2', title: 'Other' }],
  ])
  expect(products[0]!.images).toMatchObject([{ url: 'b.png' }])
  expect(productLinks).toMatchObject([{ add: [{ sales_channel_id: 'sc_1' }] }])
})

test('a variant that is changed twice has the prices of the later change, and is told once', () => {
  const update = [
    { id: 'small', prices: eur(1), weight: 1 },
    { id: 'small', prices: eur(2) },
  ]
  const change = rowsOf({ id: 'prod_1', variants: { create: [], update, delete: [] } })
  expect(change.parts.replacedPrices.price_set_ids).toEqual(['pset of small'])
  expect(change.parts.replacedPrices.prices).toMatchObject([{ amount: '2' }])
  expect(partEvents(change)['product-variant.updated']).toEqual(['small'])
})

test('changes of variants are one for each product', () => {
  const changes = [
    { product_id: 'prod_1', create: [large] },
    { product_id: 'prod_2', delete: ['x'] },
    { product_id: 'prod_1', update: [{ id: 'small' }], delete: ['medium'] },
  ]
  expect(variantUpdates(changes)).toEqual([
    { id: 'prod_1', variants: { create: [large], update: [{ id: 'small' }], delete: ['medium'] } },
    { id: 'prod_2', variants: { create: [], update: [], delete: ['x'] } },
  ])
  expect(variantUpdates([])).toEqual([])
})

test('what happens besides the update of products is told: to options, before and after, and to variants', () => {
  const change = rowsOf({
    id: 'prod_1',
    options: [{ title: 'Size' }, { title: 'Cut', values: ['wide'] }],
    variants: [{ title: 'Wide', options: { Size: 'L', Cut: 'wide' } }],
  })
  expect(partEvents(change)).toEqual({
    'product-option.created': ['opt_1'],
    'product-option.deleted': [],
    'product-variant.created': ['variant_1'],
    'product-variant.updated': [],
    'product-variant.deleted': ['small', 'medium'],
  })
  const replaced = rowsOf({ id: 'prod_1', options: [{ title: 'Cut', values: [] }], variants: [] })
  expect(partEvents(replaced)).toMatchObject({
    'product-option.created': ['opt_1'],
    'product-option.deleted': ['opt_a'],
  })
})
