import { itemEvents, variantPartRows } from '../../../activities/product/variant-parts.ts'
import { countingIds } from '../../support/counting-ids.ts'
import { NOTHING_LEFT, partsOf } from './facts.ts'

type Given = Parameters<typeof variantPartRows>[0]['inputs'][number]
type Kept = NonNullable<Parameters<typeof variantPartRows>[0]['updated']>[number]

const eur = (amount: number) => ({ currency_code: 'eur', amount })
const added = (...variants: (Given & { manage_inventory?: boolean })[]) => {
  const rows = variants.map(({ prices: _, inventory_items: __, ...own }, i) => {
    return { title: 'x', ...own, id: `variant_${i + 1}`, product_id: 'prod_1' }
  })
  return variantPartRows({ rows, inputs: variants }, { parts: new Map(), deleted: NOTHING_LEFT }, countingIds())
}
const changed = (kept: Kept[], ...parts: ReturnType<typeof partsOf>[]) =>
  variantPartRows(
    { rows: [], inputs: [], updated: kept },
    { parts: new Map(parts), deleted: NOTHING_LEFT },
    countingIds(),
  )
/** Of the links of one kind. */
const linksOf = ({ links }: ReturnType<typeof added>, link: string) => links.filter((one) => one.link === link)
const [PRICES, STOCK] = ['product_variant_price_set', 'product_variant_inventory_item'] as const

test('each new variant has a price set of its own, also without prices', () => {
  const rows = added({ prices: [eur(1), eur(2)] }, {}, { prices: [eur(3)] })
  expect(rows.priceSets.prices.map(({ price_set_id, amount }) => [price_set_id, amount])).toEqual([
    ['pset_1', '1'],
    ['pset_1', '2'],
    ['pset_3', '3'],
  ])
  expect(linksOf(rows, PRICES)).toEqual([
    {
      link: PRICES,
      add: [1, 2, 3].map((n) => ({ variant_id: `variant_${n}`, price_set_id: `pset_${n}` })),
    },
  ])
})

test('a new variant has an item in stock that is measured as it is, unless its stock is not managed', () => {
  const measures = { weight: 3, length: 4, height: 5, width: 6, material: 'wool', hs_code: '1', mid_code: '2' }
  const rows = added({ title: 'Small', sku: 'S', origin_country: 'de', ...measures }, { manage_inventory: false })
  expect(rows.items).toEqual([
    {
      id: 'iitem_1',
      sku: 'S',
      title: 'Small',
      description: 'Small',
      origin_country: 'de',
      ...measures,
      requires_shipping: true,
    },
  ])
  expect(linksOf(rows, STOCK)[0]!.add).toEqual([
    { variant_id: 'variant_1', inventory_item_id: 'iitem_1', required_quantity: 1 },
  ])
})

test('a variant that names items has those and none of its own, managed or not', () => {
  const inventory_items = [
    { inventory_item_id: 'iitem_a', required_quantity: 2 },
    { inventory_item_id: 'iitem_b', required_quantity: 1 },
  ]
  const rows = added({ inventory_items }, { inventory_items: inventory_items.slice(1), manage_inventory: false }, {})
  expect(rows.items.map(({ id }) => id)).toEqual(['iitem_1'])
  expect(linksOf(rows, STOCK)[0]!.add).toEqual([
    { variant_id: 'variant_1', inventory_item_id: 'iitem_a', required_quantity: 2 },
    { variant_id: 'variant_1', inventory_item_id: 'iitem_b', required_quantity: 1 },
    { variant_id: 'variant_2', inventory_item_id: 'iitem_b', required_quantity: 1 },
    { variant_id: 'variant_3', inventory_item_id: 'iitem_1', required_quantity: 1 },
  ])
})

test('prices that are given replace those of a variant; where none are given they stay', () => {
  const kept = [
    { id: 'a', prices: [eur(7)] },
    { id: 'b', title: 'B' },
    { id: 'c', prices: [] },
  ]
  const { replacedPrices, priceSets } = changed(kept, partsOf('a'), partsOf('b'), partsOf('c'))
  expect(replacedPrices.price_set_ids).toEqual(['pset of a', 'pset of c'])
  expect(replacedPrices.prices).toMatchObject([{ price_set_id: 'pset of a', amount: '7' }])
  expect(priceSets.price_sets).toEqual([])
})

test('a variant that has lost its price set gets one with its prices, after those of new variants', () => {
  const rows = variantPartRows(
    {
      rows: [{ id: 'variant_1', title: 'New', product_id: 'prod_1' }],
      inputs: [{ prices: [eur(1)] }],
      updated: [{ id: 'a', prices: [eur(2)] }, { id: 'b' }],
    },
    { parts: new Map([partsOf('a', { price_set: null }), partsOf('b', { price_set: null })]), deleted: NOTHING_LEFT },
    countingIds(),
  )
  expect(linksOf(rows, PRICES)[0]!.add).toEqual([
    { variant_id: 'variant_1', price_set_id: 'pset_1' },
    { variant_id: 'a', price_set_id: 'pset_2' },
  ])
  expect(rows.priceSets.prices.map(({ price_set_id, amount }) => [price_set_id, amount])).toEqual([
    ['pset_1', '1'],
    ['pset_2', '2'],
  ])
  expect(rows.replacedPrices.price_set_ids).toEqual([])
})

const managed = { inventory_items: [{ inventory_item_id: 'iitem_a' }, { inventory_item_id: 'iitem_b' }] }
const link = (variant_id: string, inventory_item_id: string) => ({ variant_id, inventory_item_id })

test.each([
  ['it begins: with an item of its own', true, {}, ['iitem_1'], [link('a', 'iitem_1')], []],
  ['it begins again: with the item from before', true, { formerItem: 'iitem_f' }, [], [link('a', 'iitem_f')], []],
  ['it goes on: its items stay', true, managed, [], [], []],
  ['it ends: its items are no longer its', false, managed, [], [], [link('a', 'iitem_a'), link('a', 'iitem_b')]],
  ['it was not managed, and is not', false, {}, [], [], []],
  ['nothing is said about it', undefined, managed, [], [], []],
])('the stock of a variant is managed: %s', (_, manage_inventory, parts, items, add, remove) => {
  const rows = changed([{ id: 'a', ...(manage_inventory !== undefined && { manage_inventory }) }], partsOf('a', parts))
  expect(rows.items.map(({ id }) => id)).toEqual(items)
  expect(linksOf(rows, STOCK).at(-1)).toEqual({ link: STOCK, add, remove })
})

test('an item of its own is called as the variant is', () => {
  const rows = changed([{ id: 'a', manage_inventory: true }], partsOf('a', { title: 'Small', sku: 'S', weight: 2 }))
  expect(rows.items).toMatchObject([{ sku: 'S', title: 'Small', description: 'Small', weight: 2 }])
})

test('what variants leave behind is told, and so are the items that are made', () => {
  const deleted = { price_sets: ['pset_a'], inventory_items: ['iitem_a'] }
  const rows = variantPartRows(
    { rows: [{ id: 'variant_1', title: 'New', product_id: 'prod_1' }], inputs: [{}] },
    { parts: new Map(), deleted },
    countingIds(),
  )
  expect(rows.deleted).toBe(deleted)
  expect(itemEvents(rows)).toEqual({
    'inventory-item.deleted': ['iitem_a'],
    'inventory-item.created': ['iitem_1'],
  })
})
