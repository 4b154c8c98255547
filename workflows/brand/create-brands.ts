import { idsOf, newId } from '../../framework/workflow/index.ts'
import type { Brand } from '../../modules/brand/models.ts'
import { handleOf } from '../../modules/brand/rules/handle.ts'
import { write } from '../steps.ts'

export interface CreateBrandsInput {
  brands: (Pick<Brand, 'name'> & Partial<Pick<Brand, 'handle' | 'description' | 'website' | 'metadata'>>)[]
}

/** Adds brands: all of them, or none where a handle is taken. */
export async function createBrands({ brands }: CreateBrandsInput): Promise<Brand[]> {
  const rows = brands.map((brand) => ({ ...brand, id: newId('brand'), handle: brand.handle ?? handleOf(brand.name) }))
  return write.createBrands(rows, { emits: { 'brand.created': idsOf(rows) } })
}
