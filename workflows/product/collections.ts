import { emitIds, withIds } from '../../framework/workflow/index.ts'
import type { ProductCollection } from '../../modules/product/groups.ts'
import { groupHandle } from '../../modules/product/rules/handle.ts'
import type { WithAdditionalData } from '../additional-data.ts'
import { write } from '../steps.ts'
import { collectionsCreated, collectionsDeleted, collectionsUpdated } from './hooks.ts'

interface Fields extends Partial<Pick<ProductCollection, 'handle' | 'external_id' | 'metadata'>> {
  title: string
}

/** Adds collections: all of them, or none where a handle is taken. A handle that is not given is made from the title. */
export async function createCollections({
  collections: given,
  additional_data,
}: { collections: Fields[] } & WithAdditionalData): Promise<ProductCollection[]> {
  const rows = withIds('pcol', given).map((row) => ({ ...row, handle: groupHandle(row, row.title) }))
  emitIds('product-collection.created', rows)
  const collections = await write.createCollections(rows)
  await collectionsCreated({ collections, additional_data })
  return collections
}

/** Changes what is given and leaves the rest. */
export async function updateCollections({
  collections: changes,
  additional_data,
}: { collections: (Partial<Fields> & { id: string })[] } & WithAdditionalData): Promise<ProductCollection[]> {
  emitIds('product-collection.updated', changes)
  const collections = await write.updateCollections(changes)
  await collectionsUpdated({ collections, additional_data })
  return collections
}

/** Deletes collections, with their links: all of them, or none where one is not there. */
export async function deleteCollections({ ids }: { ids: string[] }): Promise<string[]> {
  emitIds('product-collection.deleted', ids)
  await write.deleteCollections(ids)
  await collectionsDeleted({ ids })
  return ids
}

/** Which products are in a collection: all of the change, or none where the collection or a product is not there. */
export async function linkProductsToCollection(change: { id: string; add?: string[]; remove?: string[] }) {
  const { id, add = [], remove = [] } = change
  await write.linkProductsToCollection({ id, add, remove })
}
