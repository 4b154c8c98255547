import { newId } from '../../framework/workflow/index.ts'
import { handleOf } from '../../modules/brand/rules/handle.ts'
import type { BrandCollection } from '../../modules/collection/models.ts'
import { write } from '../steps.ts'

export interface CreateBrandCollectionsInput {
  brand_collections: (Pick<BrandCollection, 'title'> &
    Partial<Pick<BrandCollection, 'handle' | 'cms_page_id' | 'metadata'>>)[]
}

/** Adds collections: all of them, or none where a handle is taken. */
export async function createBrandCollections(input: CreateBrandCollectionsInput): Promise<BrandCollection[]> {
  return write.createBrandCollections(
    input.brand_collections.map((collection) => ({
      ...collection,
      id: newId('brcol'),
      handle: collection.handle ?? handleOf(collection.title),
    })),
  )
}
