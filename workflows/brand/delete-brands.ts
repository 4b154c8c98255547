import { emitIds } from '../../framework/workflow/index.ts'
import { write } from '../steps.ts'

export interface DeleteBrandsInput {
  ids: string[]
}

/** Deletes brands: all of them, or none where one is not there. Their handles are free again. */
export async function deleteBrands({ ids }: DeleteBrandsInput): Promise<string[]> {
  emitIds('brand.deleted', ids)
  await write.deleteBrands(ids)
  return ids
}
