import { write } from '../steps.ts'

export interface DeleteBrandsInput {
  ids: string[]
}

/** Deletes brands. Their handles are free again. */
export async function deleteBrands({ ids }: DeleteBrandsInput): Promise<string[]> {
  return write.deleteBrands(ids, { emits: { 'brand.deleted': ids } })
}
