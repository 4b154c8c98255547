import type { Change, Draft } from '../../framework/model/model.ts'
import { emitIds, withIds } from '../../framework/workflow/index.ts'
import type { ProductTag } from '../../modules/product/groups.ts'
import { write } from '../steps.ts'

/** Adds tags: all of them, or none where a value is taken. */
export async function createProductTags({ product_tags }: { product_tags: Draft<typeof ProductTag>[] }) {
  return write.createProductTags(emitIds('product-tag.created', withIds('ptag', product_tags)))
}

/** Changes what is given and leaves the rest. */
export async function updateProductTags({ product_tags }: { product_tags: Change<typeof ProductTag>[] }) {
  return write.updateProductTags(emitIds('product-tag.updated', product_tags))
}

/** Deletes tags: all of them, or none where one is not there. */
export async function deleteProductTags({ ids }: { ids: string[] }) {
  return write.deleteProductTags(emitIds('product-tag.deleted', ids))
}
