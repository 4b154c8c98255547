import { metadata } from '../../../framework/http/fields.ts'
import * as filter from '../../../framework/http/filters.ts'
import { resource } from '../../../framework/http/resource.ts'
import { z } from '../../../framework/http/router.ts'
import { createProductTags, deleteProductTags, updateProductTags } from '../../../workflows/product/product-tags.ts'

export const productTags = resource({
  representation: {
    entity: 'product_tag',
    fields: { defaults: ['id', 'value', 'external_id', 'created_at', 'updated_at', 'metadata'] },
  },
  path: '/admin/product-tags',
  list: { limit: 20, filters: { ...filter.texts('value', 'external_id'), ...filter.dates() } },
  body: { value: z.string(), external_id: z.string().nullish(), metadata: metadata().optional() },
  workflows: { create: createProductTags, update: updateProductTags, delete: deleteProductTags },
})
