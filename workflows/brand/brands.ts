import { idsOf, newId } from '../../framework/workflow/index.ts'
import type { Brand } from '../../modules/brand/models.ts'
import { handleOf } from '../../modules/brand/rules/handle.ts'
import { write } from '../steps.ts'

export interface CreateBrandsInput {
  brands: (Pick<Brand, 'name'> & Partial<Pick<Brand, 'handle' | 'description' | 'website' | 'metadata'>>)[]
}

/** A brand without a handle gets one from its name. Refused if a handle is taken. */
export async function createBrands({ brands }: CreateBrandsInput): Promise<Brand[]> {
  const rows = brands.map((brand) => ({ ...brand, id: newId('brand'), handle: brand.handle ?? handleOf(brand.name) }))
  return write.createBrands(rows, { emits: { 'brand.created': idsOf(rows) } })
}

export interface UpdateBrandsInput {
  brands: (Pick<Brand, 'id'> & Partial<Pick<Brand, 'name' | 'handle' | 'description' | 'website' | 'metadata'>>)[]
}

export async function updateBrands({ brands }: UpdateBrandsInput): Promise<Brand[]> {
  return write.updateBrands(brands, { emits: { 'brand.updated': idsOf(brands) } })
}

export interface DeleteBrandsInput {
  ids: string[]
}

/** The handles of deleted brands are free again. */
export async function deleteBrands({ ids }: DeleteBrandsInput): Promise<string[]> {
  return write.deleteBrands(ids, { emits: { 'brand.deleted': ids } })
}
