import { notFound } from '../../../framework/model/refusals.ts'
import { Service } from '../../../framework/model/service.ts'
import { ProductCategory } from '../groups.ts'
import type { models } from '../models.ts'
import { Product } from '../models.ts'
import type { CategoryRows } from '../rules/category-changes.ts'

export class CategoryService extends Service<typeof models> {
  changeCategories = async ({ created, updated, deleted }: CategoryRows): Promise<void> => {
    await this.rows.product_category.softDelete(deleted)
    await this.rows.product_category.update(updated)
    await this.rows.product_category.create(created)
  }

  /** Products that are in the category already, or not in it, are ignored. */
  linkProductsToCategory = async (change: {
    id: string
    add: { id: string; product_id: string }[]
    remove: string[]
  }): Promise<void> => {
    const { id, add, remove } = change
    const [category] = await this.rows.product_category.list({ ids: [id] })
    if (!category) throw notFound(ProductCategory, id)
    const added = add.map(({ product_id }) => product_id)
    const products = await this.rows.product.list({ ids: added, limit: added.length })
    const missing = added.find((one) => !products.some((product) => product.id === one))
    if (missing) throw notFound(Product, missing)
    await this.rows.product_category_product.deleteWhere({ product_category_id: [id], product_id: remove })
    const rows = add.map((one) => ({ ...one, product_category_id: id }))
    await this.rows.product_category_product.createMissing(rows, ['product_id', 'product_category_id'])
  }
}
