import type { Change, Draft } from '../../framework/model/model.ts'
import { idsOf, withIds } from '../../framework/workflow/index.ts'
import type { ProductType } from '../../modules/product/groups.ts'
import { write } from '../steps.ts'
import { productTypesCreated, productTypesDeleted, productTypesUpdated } from './hooks.ts'

/** Refused if a value is taken. */
export async function createProductTypes(input: { product_types: Draft<typeof ProductType>[] }) {
  const rows = withIds('ptyp', input.product_types)
  const product_types = await write.createProductTypes(rows, { emits: { 'product-type.created': idsOf(rows) } })
  await productTypesCreated({ product_types })
  return product_types
}

export async function updateProductTypes({ product_types: changes }: { product_types: Change<typeof ProductType>[] }) {
  const product_types = await write.updateProductTypes(changes, { emits: { 'product-type.updated': idsOf(changes) } })
  await productTypesUpdated({ product_types })
  return product_types
}

export async function deleteProductTypes({ ids }: { ids: string[] }) {
  await write.deleteProductTypes(ids, { emits: { 'product-type.deleted': ids } })
  await productTypesDeleted({ ids })
  return ids
}
