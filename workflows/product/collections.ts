import { idsOf, withIds } from '../../framework/workflow/index.ts'
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
  const emits = { 'product-collection.created': idsOf(rows) }
  const collections = await write.createCollections(rows, { emits })
  await collectionsCreated({ collections, additional_data })
  return collections
}

/** Changes what is given and leaves the rest. */
export async function updateCollections({
  collections: changes,
  additional_data,
}: { collections: (Partial<Fields> & { id: string })[] } & WithAdditionalData): Promise<ProductCollection[]> {
  const emits = { 'product-collection.updated': idsOf(changes) }
  const collections = await write.updateCollections(changes, { emits })
  await collectionsUpdated({ collections, additional_data })
  return collections
}

/** Deletes collections, with their links: all of them, or none where one is not there. */
export async function deleteCollections({ ids }: { ids: string[] }): Promise<string[]> {
  await write.deleteCollections(ids, { emits: { 'product-collection.deleted': ids } })
  await collectionsDeleted({ ids })
  return ids
}
