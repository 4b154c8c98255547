import { emitIds, withIds } from '../../framework/workflow/index.ts'
import type { ProductTag } from '../../modules/product/groups.ts'
import { write } from '../steps.ts'

type Fields = Pick<ProductTag, 'value'> & Partial<Pick<ProductTag, 'external_id' | 'metadata'>>
type Change = Partial<Fields> & { id: string }

/** Adds tags: all of them, or none where a value is taken. */
export async function createProductTags({ product_tags }: { product_tags: Fields[] }): Promise<ProductTag[]> {
  const tags = withIds('ptag', product_tags)
  emitIds('product-tag.created', tags)
  return write.createProductTags(tags)
}

/** Changes what is given and leaves the rest. */
export async function updateProductTags({ product_tags }: { product_tags: Change[] }): Promise<ProductTag[]> {
  emitIds('product-tag.updated', product_tags)
  return write.updateProductTags(product_tags)
}

/** Deletes tags: all of them, or none where one is not there. */
export async function deleteProductTags({ ids }: { ids: string[] }): Promise<string[]> {
  emitIds('product-tag.deleted', ids)
  return write.deleteProductTags(ids)
}
