/** Variants of one product, and of all. */
import { additionalData, some } from '../../../framework/http/fields.ts'
import * as filter from '../../../framework/http/filters.ts'
import { type Representation, refuseInvalidQuery } from '../../../framework/http/representation.ts'
import { createRouter, idempotencyHeader, json, route, z } from '../../../framework/http/router.ts'
import { batches, changes, deletes, lists, retrieves } from '../../../framework/http/routes.ts'
import { batchProductVariants } from '../../../workflows/product/batch-product-variants.ts'
import { linkVariantInventoryItems } from '../../../workflows/product/link-variant-inventory-items.ts'
import { NewVariant, VariantChange } from './product-bodies.ts'
import { product } from './products.ts'

const own = [
  ...['id', 'title', 'sku', 'thumbnail', 'barcode', 'ean', 'upc', 'allow_backorder', 'manage_inventory', 'hs_code'],
  ...['origin_country', 'mid_code', 'material', 'weight', 'length', 'height', 'width', 'metadata', 'variant_rank'],
  ...['product_id', 'created_at', 'updated_at', 'deleted_at', '*prices', '*options'],
]
const variant: Representation = {
  entity: 'product_variant',
  one: 'variant',
  many: 'variants',
  fields: { defaults: [...own, '*product'] },
}
const variantOfProduct: Representation = {
  ...variant,
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
lists(productVariants, variant, { path: '/admin/product-variants', summary: 'List variants of all products', filters })
lists(productVariants, variantOfProduct, {
  path: '/admin/products/{id}/variants',
  summary: 'List the variants of a product',
  filters,
})
retrieves(productVariants, variantOfProduct, { path: one, idParam })
changes(productVariants, product, {
  path: '/admin/products/{id}/variants',
  summary: 'Add a variant to a product',
  body: z.strictObject({ ...NewVariant.shape, additional_data: additionalData() }),
  run: (c, { additional_data, ...variant }, { id }) =>
    c.var.run(batchProductVariants, { products: [{ product_id: id, create: [variant] }], additional_data }),
})
changes(productVariants, product, {
  path: one,
  summary: 'Update a variant',
  body: z.strictObject({ ...VariantChange.shape, additional_data: additionalData() }),
  run: (c, { additional_data, ...variant }, { id, variant_id }) => {
    const update = [{ ...variant, id: variant_id }]
    return c.var.run(batchProductVariants, { products: [{ product_id: id, update }], additional_data })
  },
})
deletes(productVariants, variantOfProduct, {
  path: one,
  idParam,
  run: (c, { id, variant_id }) =>
    c.var.run(batchProductVariants, { products: [{ product_id: id, delete: [variant_id] }] }),
  parent: { representation: product, idParam: 'id' },
})
batches(productVariants, variantOfProduct, {
  path: '/admin/products/{id}/variants/batch',
  summary: 'Create, update and delete variants of a product',
  create: NewVariant,
  update: VariantChange.required({ id: true }),
  run: (c, body, { id }) => c.var.run(batchProductVariants, { products: [{ product_id: id, ...body }] }),
})

const quantity = { required_quantity: z.number().positive() }
const items = `${one}/inventory-items`
const item = `${items}/{inventory_item_id}`
const variantWithItems: Representation = { ...variantOfProduct, fields: { defaults: [...own, '*inventory_items'] } }

changes(productVariants, variantWithItems, {
  path: items,
  idParam,
  summary: 'Link an inventory item to a variant',
  body: z.strictObject({ ...quantity, inventory_item_id: z.string() }),
  run: (c, body, { id, variant_id }) =>
    c.var.run(linkVariantInventoryItems, { product_id: id, create: [{ ...body, variant_id }] }),
})
changes(productVariants, variantWithItems, {
  path: item,
  idParam,
  summary: 'Update the required quantity of an inventory item',
  description: 'How many of the item are needed for one of the variant.',
  body: z.strictObject(quantity),
  run: (c, body, { id, variant_id, inventory_item_id }) => {
    const update = [{ ...body, variant_id, inventory_item_id }]
    return c.var.run(linkVariantInventoryItems, { product_id: id, update })
  },
})
deletes(productVariants, variantWithItems, {
  path: item,
  idParam: 'inventory_item_id',
  summary: 'Unlink an inventory item from a variant',
  object: 'variant-inventory-item-link',
  run: (c, { id, variant_id, inventory_item_id }) =>
    c.var.run(linkVariantInventoryItems, { product_id: id, delete: [{ variant_id, inventory_item_id }] }),
  parent: { representation: variantWithItems, idParam },
})

const pair = { inventory_item_id: z.string(), variant_id: z.string() }
const ItemLink = z.strictObject({ ...pair, ...quantity })
const Pair = z.strictObject(pair)
const ItemsBatch = z
  .strictObject({ create: some(ItemLink), update: some(ItemLink), delete: some(Pair) })
  .openapi('VariantInventoryItemBatch')

const itemsBatch = route({
  method: 'post',
  path: '/admin/products/{id}/variants/inventory-items/batch',
  tags: ['products'],
  summary: 'Link, update and unlink inventory items of variants',
  request: {
    params: z.object({ id: z.string() }),
    headers: idempotencyHeader,
    body: json(ItemsBatch, 'The links to create, update and delete'),
  },
  responses: {
    200: json(
      z.object({ created: z.array(ItemLink), updated: z.array(ItemLink), deleted: z.array(Pair) }),
      'The links that were created, updated and deleted',
    ),
    404: { description: 'The product, a variant or an inventory item was not found' },
  },
})
productVariants.openapi(itemsBatch, async (c) => {
  const { create = [], update = [], delete: deleted = [] } = c.req.valid('json')
  refuseInvalidQuery(c, variantWithItems)
  const { id: product_id } = c.req.valid('param')
  await c.var.run(linkVariantInventoryItems, { product_id, create, update, delete: deleted })
  return c.json({ created: create, updated: update, deleted }, 200)
})
