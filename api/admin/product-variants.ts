/** Variants, of one product and of all. */
import * as filter from '../../framework/http/filters.ts'
import { createRouter, z } from '../../framework/http/router.ts'
import { batches, changes, deletes, lists, retrieves } from '../../framework/http/routes.ts'
import type { View } from '../../framework/http/view.ts'
import { linkVariantInventoryItems } from '../../workflows/product/link-variant-inventory-items.ts'
import { batchProductVariants } from '../../workflows/product/update-products.ts'
import { NewVariant, VariantChange } from './product-bodies.ts'
import { productView } from './products.ts'

const own = [
  ...['id', 'title', 'sku', 'thumbnail', 'barcode', 'ean', 'upc', 'allow_backorder', 'manage_inventory', 'hs_code'],
  ...['origin_country', 'mid_code', 'material', 'weight', 'length', 'height', 'width', 'metadata', 'variant_rank'],
  ...['product_id', 'created_at', 'updated_at', 'deleted_at', '*prices', '*options'],
]
const all: View = {
  entity: 'product_variant',
  one: 'variant',
  many: 'variants',
  fields: { defaults: [...own, '*product'] },
}
const ofProduct: View = {
  ...all,
  fields: { defaults: own },
  scope: (c) => ({ filters: { product_id: c.req.param('id')! } }),
}

const filters = {
  ...filter.texts('sku', 'ean', 'upc', 'barcode', 'title'),
  manage_inventory: filter.flag(),
  allow_backorder: filter.flag(),
  ...filter.dates(),
}
const one = '/admin/products/{id}/variants/{variant_id}'
const idParam = 'variant_id'

export const productVariants = createRouter()
lists(productVariants, all, { path: '/admin/product-variants', filters })
lists(productVariants, ofProduct, { path: '/admin/products/{id}/variants', filters })
retrieves(productVariants, ofProduct, { path: one, idParam })
changes(productVariants, productView, {
  path: '/admin/products/{id}/variants',
  summary: 'Add a variant to a product',
  body: NewVariant.extend({ additional_data: z.record(z.string(), z.unknown()).nullish() }),
  run: (c, { additional_data: _, ...variant }, { id }) =>
    c.var.run(batchProductVariants, { products: [{ product_id: id!, create: [variant] }] }),
})
changes(productVariants, productView, {
  path: one,
  summary: 'Change a variant of a product',
  body: VariantChange.extend({ additional_data: z.record(z.string(), z.unknown()).nullish() }),
  run: (c, { additional_data: _, ...variant }, { id, variant_id }) =>
    c.var.run(batchProductVariants, { products: [{ product_id: id!, update: [{ ...variant, id: variant_id! }] }] }),
})
deletes(productVariants, ofProduct, {
  path: one,
  idParam,
  run: (c, { id, variant_id }) =>
    c.var.run(batchProductVariants, { products: [{ product_id: id!, delete: [variant_id!] }] }),
  parent: { view: productView, idParam: 'id' },
})
batches(productVariants, ofProduct, {
  path: '/admin/products/{id}/variants/batch',
  create: NewVariant,
  update: VariantChange.required({ id: true }),
  run: (c, body, { id }) => c.var.run(batchProductVariants, { products: [{ product_id: id!, ...body }] }),
})

const quantity = { required_quantity: z.number().positive() }
const items = `${one}/inventory-items`
const item = `${items}/{inventory_item_id}`
const withItems: View = { ...ofProduct, fields: { defaults: [...own, '*inventory_items'] } }

changes(productVariants, withItems, {
  path: items,
  idParam,
  summary: 'Say of which item in stock a shopper gets how many with a variant',
  body: z.strictObject({ ...quantity, inventory_item_id: z.string() }),
  run: (c, body, { variant_id }) =>
    c.var.run(linkVariantInventoryItems, { create: [{ ...body, variant_id: variant_id! }] }),
})
changes(productVariants, withItems, {
  path: item,
  idParam,
  summary: 'Change how many of an item in stock a shopper gets with a variant',
  body: z.strictObject(quantity),
  run: (c, body, { variant_id, inventory_item_id }) =>
    c.var.run(linkVariantInventoryItems, {
      update: [{ ...body, variant_id: variant_id!, inventory_item_id: inventory_item_id! }],
    }),
})
deletes(productVariants, withItems, {
  path: item,
  idParam: 'inventory_item_id',
  object: 'variant-inventory-item-link',
  run: (c, { variant_id, inventory_item_id }) =>
    c.var.run(linkVariantInventoryItems, {
      delete: [{ variant_id: variant_id!, inventory_item_id: inventory_item_id! }],
    }),
  parent: { view: withItems, idParam },
})
