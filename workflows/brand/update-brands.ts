import { idsOf } from '../../framework/workflow/index.ts'
import type { Brand } from '../../modules/brand/models.ts'
import { write } from '../steps.ts'

export interface UpdateBrandsInput {
  brands: (Pick<Brand, 'id'> & Partial<Pick<Brand, 'name' | 'handle' | 'description' | 'website' | 'metadata'>>)[]
}

/** Changes what is given and leaves the rest. */
export async function updateBrands({ brands }: UpdateBrandsInput): Promise<Brand[]> {
  return write.updateBrands(brands, { emits: { 'brand.updated': idsOf(brands) } })
}
