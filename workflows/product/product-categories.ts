import { withIds } from '../../framework/workflow/index.ts'
import type { ProductCategory } from '../../modules/product/groups.ts'
import { groupHandle } from '../../modules/product/rules/handle.ts'
import type { WithAdditionalData } from '../additional-data.ts'
import { write } from '../steps.ts'
import { categoriesCreated, categoriesDeleted, categoriesUpdated } from './hooks.ts'

type Optional = 'description' | 'handle' | 'is_active' | 'is_internal' | 'parent_category_id' | 'rank' | 'external_id'

interface Fields extends Partial<Pick<ProductCategory, Optional | 'metadata'>> {
  name: string
}

type Ids = { id: string }[]

/** Adds categories to the tree, last among those beside them where no rank is given. */
export async function createProductCategories({
  product_categories: given,
  additional_data,
}: { product_categories: Fields[] } & WithAdditionalData): Promise<Ids> {
  const rows = withIds('pcat', given)
  await write.createProductCategories(rows.map((row) => ({ ...row, handle: groupHandle(row, row.name) })))
  const product_categories = rows.map(({ id }) => ({ id }))
  await categoriesCreated({ product_categories, additional_data })
  return product_categories
}

/** Changes what is given and leaves the rest; a category moves with all that is below it. */
export async function updateProductCategories({
  product_categories: changes,
  additional_data,
}: { product_categories: (Partial<Fields> & { id: string })[] } & WithAdditionalData): Promise<Ids> {
  await write.updateProductCategories(changes)
  const product_categories = changes.map(({ id }) => ({ id }))
  await categoriesUpdated({ product_categories, additional_data })
  return product_categories
}

/** Deletes categories, with their links; refused where one has others below it that stay. */
export async function deleteProductCategories({ ids }: { ids: string[] }): Promise<string[]> {
  await write.deleteProductCategories(ids)
  await categoriesDeleted({ ids })
  return ids
}
