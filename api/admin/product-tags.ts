import { metadata } from '../../framework/http/fields.ts'
import * as filter from '../../framework/http/filters.ts'
import { resource } from '../../framework/http/resource.ts'
import { z } from '../../framework/http/router.ts'
import type { View } from '../../framework/http/view.ts'
import { createProductTags, deleteProductTags, updateProductTags } from '../../workflows/product/product-tags.ts'

const fields = { value: z.string(), external_id: z.string().nullish(), metadata: metadata().optional() }
const view: View = {
  entity: 'product_tag',
  one: 'product_tag',
  many: 'product_tags',
  fields: { defaults: ['id', 'value', 'external_id', 'created_at', 'updated_at', 'metadata'] },
}

export const productTags = resource({
  view,
  path: '/admin/product-tags',
  list: { limit: 20, filters: { ...filter.texts('value', 'external_id'), ...filter.dates() } },
  create: z.strictObject(fields).openapi('NewProductTag'),
  update: z.strictObject(fields).partial().openapi('ProductTagChange'),
  workflows: { create: createProductTags, update: updateProductTags, delete: deleteProductTags },
})
