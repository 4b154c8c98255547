import { metadata } from '../../../framework/http/fields.ts'
import * as filter from '../../../framework/http/filters.ts'
import { resource } from '../../../framework/http/resource.ts'
import { z } from '../../../framework/http/router.ts'
import { createProductTypes, deleteProductTypes, updateProductTypes } from '../../../workflows/product/product-types.ts'

export const productTypes = resource({
  representation: {
    entity: 'product_type',
    fields: { defaults: ['id', 'value', 'external_id', 'created_at', 'updated_at', 'metadata'] },
  },
  path: '/admin/product-types',
  list: { limit: 10, filters: { ...filter.texts('value', 'external_id'), ...filter.dates() } },
  body: { value: z.string(), external_id: z.string().nullish(), metadata: metadata().optional() },
  workflows: { create: createProductTypes, update: updateProductTypes, delete: deleteProductTypes },
})
