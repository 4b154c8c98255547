import { emitIds, withIds } from '../../framework/workflow/index.ts'
import type { ProductType } from '../../modules/product/groups.ts'
import { write } from '../steps.ts'

type Fields = Pick<ProductType, 'value'> & Partial<Pick<ProductType, 'external_id' | 'metadata'>>
type Change = Partial<Fields> & { id: string }

/** Adds types: all of them, or none where a value is taken. */
export async function createProductTypes({ product_types }: { product_types: Fields[] }): Promise<ProductType[]> {
  const types = withIds('ptyp', product_types)
  emitIds('product-type.created', types)
  return write.createProductTypes(types)
}

/** Changes what is given and leaves the rest. */
export async function updateProductTypes({ product_types }: { product_types: Change[] }): Promise<ProductType[]> {
  emitIds('product-type.updated', product_types)
  return write.updateProductTypes(product_types)
}

/** Deletes types, with their links: all of them, or none where one is not there. */
export async function deleteProductTypes({ ids }: { ids: string[] }): Promise<string[]> {
  emitIds('product-type.deleted', ids)
  await write.deleteProductTypes(ids)
  await write.deleteLinksOf('product_type', ids)
  return ids
}
