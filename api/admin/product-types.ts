import { metadata } from '../../framework/http/fields.ts'
import * as filter from '../../framework/http/filters.ts'
import { resource } from '../../framework/http/resource.ts'
import { z } from '../../framework/http/router.ts'
import type { View } from '../../framework/http/view.ts'
import { createProductTypes, deleteProductTypes, updateProductTypes } from '../../workflows/product/product-types.ts'

const fields = { value: z.string(), external_id: z.string().nullish(), metadata: metadata().optional() }
const view: View = {
  entity: 'product_type',
  one: 'product_type',
  many: 'product_types',
  fields: { defaults: ['id', 'value', 'external_id', 'created_at', 'updated_at', 'metadata'] },
}

export const productTypes = resource({
  view,
  path: '/admin/product-types',
  list: { limit: 10, filters: { ...filter.texts('value', 'external_id'), ...filter.dates() } },
  create: z.strictObject(fields).openapi('NewProductType'),
  update: z.strictObject(fields).partial().openapi('ProductTypeChange'),
  workflows: { create: createProductTypes, update: updateProductTypes, delete: deleteProductTypes },
})
