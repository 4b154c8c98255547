import { newId, Problem } from '../../framework/workflow/index.ts'
import { read, write } from '../steps.ts'

export interface LinkBrandsToCollectionInput {
  id: string
  /** Brands that it is to show; one that is there already gets the rank. */
  add?: { id: string; rank?: number | null }[]
  /** Ids of brands that it is to show no longer. */
  remove?: string[]
}

/** Which brands a collection shows: all of the change, or none where the collection or a brand is not there. */
export async function linkBrandsToCollection({
  id,
  add = [],
  remove = [],
}: LinkBrandsToCollectionInput): Promise<void> {
  await refuseMissing('brand_collection', 'Brand Collection', [id])
  await refuseMissing(
    'brand',
    'Brand',
    add.map((brand) => brand.id),
  )
  await write.changeLinks('collection_brand', {
    add: add.map((brand) => ({ id: newId('colbrand'), collection_id: id, brand_id: brand.id, rank: brand.rank })),
    remove: remove.map((brand_id) => ({ collection_id: id, brand_id })),
  })
}

async function refuseMissing(entity: string, title: string, ids: string[]): Promise<void> {
  if (ids.length === 0) return
  const { rows } = await read.query<{ id: string }>(entity, { fields: ['id'], filters: { id: ids }, limit: ids.length })
  const missing = ids.find((id) => !rows.some((row) => row.id === id))
  if (missing) throw new Problem('not_found', `${title} with id: ${missing} was not found`)
}
