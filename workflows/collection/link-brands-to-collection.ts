import { write } from '../steps.ts'

export interface LinkBrandsToCollectionInput {
  id: string
  /** Adding a brand that is in the collection changes its rank. */
  add?: { id: string; rank?: number | null }[]
  /** Ids of brands. */
  remove?: string[]
}

/** Adds brands to a collection or removes them. Refused if the collection or a brand does not exist. */
export async function linkBrandsToCollection({
  id,
  add = [],
  remove = [],
}: LinkBrandsToCollectionInput): Promise<void> {
  await write.changeLinks({
    exist: { brand_collection: [id], brand: add.map((brand) => brand.id) },
    changes: [
      {
        link: 'collection_brand',
        add: add.map((brand) => ({ collection_id: id, brand_id: brand.id, rank: brand.rank })),
        remove: remove.map((brand_id) => ({ collection_id: id, brand_id })),
      },
    ],
  })
}
