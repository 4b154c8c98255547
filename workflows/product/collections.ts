import { idsOf, withIds } from '../../framework/workflow/index.ts'
import type { ProductCollection } from '../../modules/product/groups.ts'
import { groupHandle } from '../../modules/product/rules/handle.ts'
import type { WithAdditionalData } from '../additional-data.ts'
import { write } from '../steps.ts'
import { collectionsCreated, collectionsDeleted, collectionsUpdated } from './hooks.ts'

interface CollectionFields extends Partial<Pick<ProductCollection, 'handle' | 'external_id' | 'metadata'>> {
  title: string
}

/** A collection without a handle gets one from its title. Refused if a handle is taken. */
export async function createCollections({
  collections: inputs,
  additional_data,
}: { collections: CollectionFields[] } & WithAdditionalData): Promise<ProductCollection[]> {
  const rows = withIds('pcol', inputs).map((row) => ({ ...row, handle: groupHandle(row, row.title) }))
  const emits = { 'product-collection.created': idsOf(rows) }
  const collections = await write.createCollections(rows, { emits })
  await collectionsCreated({ collections, additional_data })
  return collections
}

export async function updateCollections({
  collections: changes,
  additional_data,
}: { collections: (Partial<CollectionFields> & { id: string })[] } & WithAdditionalData): Promise<ProductCollection[]> {
  const emits = { 'product-collection.updated': idsOf(changes) }
  const collections = await write.updateCollections(changes, { emits })
  await collectionsUpdated({ collections, additional_data })
  return collections
}

/** The products of deleted collections stay. */
export async function deleteCollections({ ids }: { ids: string[] }): Promise<string[]> {
  await write.deleteCollections(ids, { emits: { 'product-collection.deleted': ids } })
  await collectionsDeleted({ ids })
  return ids
}
