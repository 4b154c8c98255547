import type { Change, Draft } from '../../framework/model/model.ts'
import { emitIds, withIds } from '../../framework/workflow/index.ts'
import type { ProductTag } from '../../modules/product/groups.ts'
import { write } from '../steps.ts'
import { productTagsCreated, productTagsDeleted, productTagsUpdated } from './hooks.ts'

/** Adds tags: all of them, or none where a value is taken. */
export async function createProductTags({ product_tags }: { product_tags: Draft<typeof ProductTag>[] }) {
  const tags = await write.createProductTags(emitIds('product-tag.created', withIds('ptag', product_tags)))
  await productTagsCreated({ product_tags: tags })
  return tags
}

/** Changes what is given and leaves the rest. */
export async function updateProductTags({ product_tags }: { product_tags: Change<typeof ProductTag>[] }) {
  const tags = await write.updateProductTags(emitIds('product-tag.updated', product_tags))
  await productTagsUpdated({ product_tags: tags })
  return tags
}

/** Deletes tags: all of them, or none where one is not there. */
export async function deleteProductTags({ ids }: { ids: string[] }) {
  await write.deleteProductTags(emitIds('product-tag.deleted', ids))
  await productTagsDeleted({ ids })
  return ids
}
