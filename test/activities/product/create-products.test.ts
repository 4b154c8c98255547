import { createdProducts } from '../../../activities/product/create-products.ts'
import { countingIds } from '../../support/counting-ids.ts'

const made = (...products: Parameters<typeof createdProducts>[1]) => createdProducts([], products, countingIds())
const options = [{ title: 'Size', values: ['S', 'M'] }]
const variant = (size: string, amount: number) => ({
  title: size,
  options: { Size: size },
  prices: [{ currency_code: 'eur', amount }],
})

test('what is of other modules is not written with the product', () => {
  const { rows } = made({
    title: 'Shirt',
    options,
    variants: [{ ...variant('S', 1), inventory_items: [] }],
    sales_channels: [{ id: 'sc_1' }],
    shipping_profile_id: 'sp_1',
  })
  expect(rows.products).toEqual([{ id: 'prod_1', title: 'Shirt', handle: 'shirt', thumbnail: null }])
  expect(rows.variants).toEqual([{ id: 'variant_1', title: 'S', variant_rank: 0, product_id: 'prod_1' }])
})

test('prices and items come to the variants that they are given for, across products', () => {
  const { parts } = made(
    { title: 'Shirt', options, variants: [variant('S', 1), variant('M', 2)] },
    { title: 'Bare', options },
    { title: 'Hat', options, variants: [variant('M', 3)] },
  )
  expect(parts.links[0]).toEqual({
    link: 'product_variant_price_set',
    add: [1, 2, 3].map((n) => ({ variant_id: `variant_${n}`, price_set_id: `pset_${n}` })),
  })
  expect(parts.priceSets.prices.map(({ price_set_id, amount }) => [price_set_id, amount])).toEqual([
    ['pset_1', '1'],
    ['pset_2', '2'],
    ['pset_3', '3'],
  ])
  expect(parts.items.map(({ title }) => title)).toEqual(['S', 'M', 'M'])
})

test('products are sold in their channels, and shipped by their profile where they have one', () => {
  const channels = [{ id: 'sc_1' }, { id: 'sc_2' }]
  const { productLinks } = made(
    { title: 'A', options },
    { title: 'B', options, sales_channels: channels, shipping_profile_id: null },
    { title: 'C', options, sales_channels: [], shipping_profile_id: 'sp_1' },
  )
  expect(productLinks).toEqual([
    {
      link: 'product_sales_channel',
      add: [
        { product_id: 'prod_2', sales_channel_id: 'sc_1' },
        { product_id: 'prod_2', sales_channel_id: 'sc_2' },
      ],
    },
    { link: 'product_shipping_profile', add: [{ product_id: 'prod_3', shipping_profile_id: 'sp_1' }] },
  ])
})

test('nothing is made of nothing', () => {
  const { rows, parts, productLinks } = made()
  expect([rows.products, parts.items, parts.priceSets.price_sets]).toEqual([[], [], []])
  expect([...parts.links, ...productLinks].flatMap(({ add = [] }) => add)).toEqual([])
})
