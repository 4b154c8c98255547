import { newId } from '../../framework/workflow/index.ts'
import { handleOf } from '../../modules/brand/rules/handle.ts'
import type { BrandCollection } from '../../modules/collection/models.ts'
import { write } from '../steps.ts'

export interface CreateBrandCollectionsInput {
  brand_collections: (Pick<BrandCollection, 'title'> &
    Partial<Pick<BrandCollection, 'handle' | 'cms_page_id' | 'metadata'>>)[]
}

/** A collection without a handle gets one from its title. Refused if a handle is taken. */
export async function createBrandCollections(input: CreateBrandCollectionsInput): Promise<BrandCollection[]> {
  return write.createBrandCollections(
    input.brand_collections.map((collection) => ({
      ...collection,
      id: newId('brcol'),
      handle: collection.handle ?? handleOf(collection.title),
    })),
  )
}

export interface UpdateBrandCollectionsInput {
  brand_collections: (Pick<BrandCollection, 'id'> &
    Partial<Pick<BrandCollection, 'title' | 'handle' | 'cms_page_id' | 'metadata'>>)[]
}

export async function updateBrandCollections(input: UpdateBrandCollectionsInput): Promise<BrandCollection[]> {
  return write.updateBrandCollections(input.brand_collections)
}

export interface DeleteBrandCollectionsInput {
  ids: string[]
}

/** The brands of deleted collections stay. */
export async function deleteBrandCollections({ ids }: DeleteBrandCollectionsInput): Promise<string[]> {
  await write.deleteBrandCollections(ids)
  return ids
}
