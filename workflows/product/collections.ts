import { emitIds, withIds } from '../../framework/workflow/index.ts'
import type { ProductCollection } from '../../modules/product/groups.ts'
import { groupHandle } from '../../modules/product/rules/handle.ts'
import { stored, type WithAdditionalData } from '../additional-data.ts'
import { write } from '../steps.ts'

interface Fields extends WithAdditionalData, Partial<Pick<ProductCollection, 'handle' | 'external_id' | 'metadata'>> {
  title: string
}

/** Adds collections: all of them, or none where a handle is taken. A handle that is not given is made from the title. */
export async function createCollections({ collections }: { collections: Fields[] }): Promise<ProductCollection[]> {
  const rows = withIds('pcol', collections.map(stored)).map((row) => ({ ...row, handle: groupHandle(row, row.title) }))
  emitIds('product-collection.created', rows)
  return write.createCollections(rows)
}

/** Changes what is given and leaves the rest. */
export async function updateCollections({
  collections,
}: {
  collections: (Partial<Fields> & { id: string })[]
}): Promise<ProductCollection[]> {
  emitIds('product-collection.updated', collections)
  return write.updateCollections(collections.map(stored))
}

/** Deletes collections, with their links: all of them, or none where one is not there. */
export async function deleteCollections({ ids }: { ids: string[] }): Promise<string[]> {
  emitIds('product-collection.deleted', ids)
  await write.deleteCollections(ids)
  await write.deleteLinksOf('product_collection', ids)
  return ids
}

/** Which products are in a collection: all of the change, or none where the collection or a product is not there. */
export async function linkProductsToCollection(change: { id: string; add?: string[]; remove?: string[] }) {
  const { id, add = [], remove = [] } = change
  await write.linkProductsToCollection({ id, add, remove })
}
