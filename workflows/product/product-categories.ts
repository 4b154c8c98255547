import { withIds } from '../../framework/workflow/index.ts'
import type { ProductCategory } from '../../modules/product/groups.ts'
import { groupHandle } from '../../modules/product/rules/handle.ts'
import type { WithAdditionalData } from '../additional-data.ts'
import { write } from '../steps.ts'
import { categoriesCreated, categoriesDeleted, categoriesUpdated } from './hooks.ts'

type Optional = 'description' | 'handle' | 'is_active' | 'is_internal' | 'parent_category_id' | 'rank' | 'external_id'

interface CategoryFields extends Partial<Pick<ProductCategory, Optional | 'metadata'>> {
  name: string
}

type Ids = { id: string }[]

/** A category without a rank becomes the last of its siblings. */
export async function createProductCategories({
  product_categories: inputs,
  additional_data,
}: { product_categories: CategoryFields[] } & WithAdditionalData): Promise<Ids> {
  const rows = withIds('pcat', inputs)
  await write.createProductCategories(rows.map((row) => ({ ...row, handle: groupHandle(row, row.name) })))
  const product_categories = rows.map(({ id }) => ({ id }))
  await categoriesCreated({ product_categories, additional_data })
  return product_categories
}

/** A category moves with all its descendants. */
export async function updateProductCategories({
  product_categories: changes,
  additional_data,
}: { product_categories: (Partial<CategoryFields> & { id: string })[] } & WithAdditionalData): Promise<Ids> {
  await write.updateProductCategories(changes)
  const product_categories = changes.map(({ id }) => ({ id }))
  await categoriesUpdated({ product_categories, additional_data })
  return product_categories
}

/** Refused if a category has children that are not deleted with it. */
export async function deleteProductCategories({ ids }: { ids: string[] }): Promise<string[]> {
  await write.deleteProductCategories(ids)
  await categoriesDeleted({ ids })
  return ids
}
