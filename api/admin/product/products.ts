import { additionalData } from '../../../framework/http/fields.ts'
import * as filter from '../../../framework/http/filters.ts'
import type { Representation } from '../../../framework/http/representation.ts'
import { resource } from '../../../framework/http/resource.ts'
import { z } from '../../../framework/http/router.ts'
import { batches } from '../../../framework/http/routes.ts'
import type { FilterValue } from '../../../framework/query.ts'
import { batchProducts } from '../../../workflows/product/batch-products.ts'
import { createProducts } from '../../../workflows/product/create-products.ts'
import { deleteProducts } from '../../../workflows/product/delete-products.ts'
import { updateProducts } from '../../../workflows/product/update-products.ts'
import { productFilterAliases } from '../../product-filter-aliases.ts'
import { NewProduct, ProductChange } from './product-bodies.ts'

const own = [
  ...['id', 'title', 'subtitle', 'status', 'external_id', 'description', 'handle', 'is_giftcard', 'discountable'],
  ...['thumbnail', 'collection_id', 'type_id', 'weight', 'length', 'height', 'width', 'hs_code', 'origin_country'],
  ...['mid_code', 'material', 'created_at', 'updated_at', 'deleted_at', 'metadata'],
]

export const product: Representation = {
  entity: 'product',
  one: 'product',
  many: 'products',
  fields: {
    defaults: [
      ...own,
      ...['*type', '*collection', '*options', '*options.values', '*tags', '*images', '*variants', '*variants.prices'],
      ...['*variants.options', '*variants.options.option', '*variants.images', '*sales_channels'],
    ],
  },
  missing: () => 'Product not found',
}

const variantFilters = {
  id: filter.text(),
  ...filter.texts('sku', 'ean', 'upc', 'barcode'),
  manage_inventory: filter.flag(),
  allow_backorder: filter.flag(),
  ...filter.dates(),
}

/** Filters along relations. */
const filterAliases = {
  ...productFilterAliases,
  sales_channel_id: (id: FilterValue) => ({ sales_channels_link: { sales_channel_id: id } }),
  price_list_id: (id: FilterValue) => ({ variants: { price_set: { prices: { price_list_id: id } } } }),
}

export const products = resource({
  representation: product,
  path: '/admin/products',
  list: {
    filters: {
      ...filter.texts('title', 'handle', 'external_id', 'collection_id', 'type_id', ...Object.keys(filterAliases)),
      status: filter.many(z.enum(['draft', 'proposed', 'published', 'rejected'])),
      is_giftcard: filter.flag(),
      variants: filter.related(variantFilters),
      ...filter.dates(),
    },
    filterAliases,
  },
  create: z.strictObject({ ...NewProduct.shape, additional_data: additionalData() }),
  update: z.strictObject({ ...ProductChange.shape, additional_data: additionalData() }),
  workflows: { create: createProducts, update: updateProducts, delete: deleteProducts },
})

batches(products, product, {
  path: '/admin/products/batch',
  create: NewProduct,
  update: z.strictObject({ ...ProductChange.shape, id: z.string() }),
  run: (c, body) => c.var.run(batchProducts, body),
})
