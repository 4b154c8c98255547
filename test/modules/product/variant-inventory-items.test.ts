import { allowVariantItems, variantsOfChange } from '../../../modules/product/rules/variant-inventory-items.ts'
import { refusalOf } from '../../support/refusal.ts'

const pair = (variant_id: string, inventory_item_id = 'iitem_1') => ({ variant_id, inventory_item_id })
const change = (more: object = {}) => ({ product_id: 'prod_1', create: [], update: [], delete: [], ...more })
const needed = (variant_id: string) => ({ ...pair(variant_id), required_quantity: 2 })
const all = change({ create: [needed('a')], update: [needed('b')], delete: [pair('c')] })

test('the variants of a change are those of all its parts', () => {
  expect(variantsOfChange(change())).toEqual([])
  expect(variantsOfChange(all)).toEqual(['a', 'b', 'c'])
})

test('a change is allowed if every variant is one of the product and every item exists', () => {
  expect(allowVariantItems({ variants: ['c', 'b', 'a', 'other'], missingItems: [] }, all)).toBe(all)
})

test.each([
  ['created', ['b', 'c'], 'a'],
  ['updated', ['a', 'c'], 'b'],
  ['deleted', ['a', 'b'], 'c'],
])('a variant of another product is refused when its item is %s', (_, variants, missing) => {
  expect(refusalOf(() => allowVariantItems({ variants, missingItems: [] }, all))).toEqual({
    type: 'not_found',
    message: `Product Variant with id: ${missing} was not found`,
  })
})

test('items that do not exist are all named, after the variants', () => {
  const missingItems = ['iitem_8', 'iitem_9']
  expect(refusalOf(() => allowVariantItems({ variants: ['a', 'b', 'c'], missingItems }, all))).toEqual({
    type: 'not_found',
    message: 'InventoryItem id not found: iitem_8, iitem_9',
  })
  expect(refusalOf(() => allowVariantItems({ variants: [], missingItems }, all)).message).toMatch(/^Product Variant/)
})
