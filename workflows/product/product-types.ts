import type { Change, Draft } from '../../framework/model/model.ts'
import { emitIds, withIds } from '../../framework/workflow/index.ts'
import type { ProductType } from '../../modules/product/groups.ts'
import { write } from '../steps.ts'
import { productTypesCreated, productTypesDeleted, productTypesUpdated } from './hooks.ts'

/** Adds types: all of them, or none where a value is taken. */
export async function createProductTypes({ product_types }: { product_types: Draft<typeof ProductType>[] }) {
  const types = await write.createProductTypes(emitIds('product-type.created', withIds('ptyp', product_types)))
  await productTypesCreated({ product_types: types })
  return types
}

/** Changes what is given and leaves the rest. */
export async function updateProductTypes({ product_types }: { product_types: Change<typeof ProductType>[] }) {
  const types = await write.updateProductTypes(emitIds('product-type.updated', product_types))
  await productTypesUpdated({ product_types: types })
  return types
}

/** Deletes types, with their links: all of them, or none where one is not there. */
export async function deleteProductTypes({ ids }: { ids: string[] }) {
  await write.deleteProductTypes(emitIds('product-type.deleted', ids))
  await productTypesDeleted({ ids })
  return ids
}
