import { write } from '../steps.ts'

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
