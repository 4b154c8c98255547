import { additionalData, metadata } from '../../../framework/http/fields.ts'
import * as filter from '../../../framework/http/filters.ts'
import type { Representation } from '../../../framework/http/representation.ts'
import { resource } from '../../../framework/http/resource.ts'
import { z } from '../../../framework/http/router.ts'
import { changes, linkBody } from '../../../framework/http/routes.ts'
import { linkProductsToCategory } from '../../../workflows/product/link-products-to-category.ts'
import {
  createProductCategories,
  deleteProductCategories,
  updateProductCategories,
} from '../../../workflows/product/product-categories.ts'
import { categoryList, deepRelations, treeParams } from '../../category-trees.ts'

const fields = {
  name: z.string(),
  description: z.string().optional(),
  handle: z.string().optional(),
  is_internal: z.boolean().optional(),
  is_active: z.boolean().optional(),
  parent_category_id: z.string().nullish(),
  external_id: z.string().nullish(),
  metadata: metadata().optional(),
  rank: z.number().int().min(0).optional(),
  additional_data: additionalData(),
}
const representation: Representation = {
  entity: 'product_category',
  one: 'product_category',
  many: 'product_categories',
  fields: {
    defaults: [
      ...['id', 'name', 'description', 'handle', 'is_active', 'is_internal', 'rank', 'external_id'],
      ...['parent_category_id', 'created_at', 'updated_at', 'metadata', '*parent_category', '*category_children'],
    ],
  },
  params: treeParams,
  scope: (_, params) => ({ deep: deepRelations(params) }),
}
const path = '/admin/product-categories'

export const productCategories = resource({
  representation,
  path,
  list: categoryList({ is_internal: filter.flag(), is_active: filter.flag() }),
  body: fields,
  workflows: {
    create: createProductCategories,
    update: updateProductCategories,
    delete: deleteProductCategories,
  },
})

changes(productCategories, representation, {
  path: `${path}/{id}/products`,
  summary: 'Add products to a category, or remove them',
  body: linkBody,
  run: (c, body, { id }) => c.var.run(linkProductsToCategory, { ...body, id }),
})
