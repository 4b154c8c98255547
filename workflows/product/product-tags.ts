import type { Change, Draft } from '../../framework/model/model.ts'
import { idsOf, withIds } from '../../framework/workflow/index.ts'
import type { ProductTag } from '../../modules/product/groups.ts'
import { write } from '../steps.ts'
import { productTagsCreated, productTagsDeleted, productTagsUpdated } from './hooks.ts'

/** Refused if a value is taken. */
export async function createProductTags(input: { product_tags: Draft<typeof ProductTag>[] }) {
  const rows = withIds('ptag', input.product_tags)
  const product_tags = await write.createProductTags(rows, { emits: { 'product-tag.created': idsOf(rows) } })
  await productTagsCreated({ product_tags })
  return product_tags
}

export async function updateProductTags({ product_tags: changes }: { product_tags: Change<typeof ProductTag>[] }) {
  const product_tags = await write.updateProductTags(changes, { emits: { 'product-tag.updated': idsOf(changes) } })
  await productTagsUpdated({ product_tags })
  return product_tags
}

export async function deleteProductTags({ ids }: { ids: string[] }) {
  await write.deleteProductTags(ids, { emits: { 'product-tag.deleted': ids } })
  await productTagsDeleted({ ids })
  return ids
}
