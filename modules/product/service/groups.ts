import { sql } from 'kysely'
import type { Change, New } from '../../../framework/model/model.ts'
import { notFound } from '../../../framework/model/refusals.ts'
import { Service } from '../../../framework/model/service.ts'
import { ProductCollection, type ProductTag, type ProductType } from '../groups.ts'
import type { models } from '../models.ts'

/** Tags, types and collections. */
export class GroupService extends Service<typeof models> {
  createProductTags = (tags: New<typeof ProductTag>[]) => this.rows.product_tag.create(tags)
  updateProductTags = (tags: Change<typeof ProductTag>[]) => this.rows.product_tag.update(tags)
  deleteProductTags = (ids: string[]) => this.rows.product_tag.softDelete(ids)

  createProductTypes = (types: New<typeof ProductType>[]) => this.rows.product_type.create(types)
  updateProductTypes = (types: Change<typeof ProductType>[]) => this.rows.product_type.update(types)
  deleteProductTypes = (ids: string[]) => this.rows.product_type.softDelete(ids)

  createCollections = (collections: New<typeof ProductCollection>[]) => this.rows.product_collection.create(collections)
  updateCollections = (changes: Change<typeof ProductCollection>[]) => this.rows.product_collection.update(changes)
  deleteCollections = (ids: string[]) => this.rows.product_collection.softDelete(ids)

  /** A product is in at most one collection: adding it removes it from its former one. */
  linkProductsToCollection = async (change: { id: string; add: string[]; remove: string[] }): Promise<void> => {
    const { id, add, remove } = change
    const [collection] = await this.rows.product_collection.list({ ids: [id] })
    if (!collection) throw notFound(ProductCollection, id)
    await sql`
      update ${this.table('product')} set collection_id = null, updated_at = now()
      where id = any(${remove}::text[]) and collection_id = ${id} and deleted_at is null`.execute(this.db)
    await this.rows.product.update(add.map((product) => ({ id: product, collection_id: id })))
  }
}
