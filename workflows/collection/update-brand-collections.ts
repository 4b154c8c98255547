import type { BrandCollection } from '../../modules/collection/models.ts'
import { write } from '../steps.ts'

export interface UpdateBrandCollectionsInput {
  brand_collections: (Pick<BrandCollection, 'id'> &
    Partial<Pick<BrandCollection, 'title' | 'handle' | 'cms_page_id' | 'metadata'>>)[]
}

/** Changes what is given and leaves the rest. */
export async function updateBrandCollections(input: UpdateBrandCollectionsInput): Promise<BrandCollection[]> {
  return write.updateBrandCollections(input.brand_collections)
}
