import { write } from '../steps.ts'

export interface DeleteBrandCollectionsInput {
  ids: string[]
}

/** Deletes collections: all of them, or none where one is not there. Their brands stay, and are in them no longer. */
export async function deleteBrandCollections({ ids }: DeleteBrandCollectionsInput): Promise<string[]> {
  await write.deleteBrandCollections(ids)
  return ids
}
