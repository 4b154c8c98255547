import type { NewProduct } from '../../activities/product/create-products.ts'
import { createProducts } from './create-products.ts'
import { deleteProducts } from './delete-products.ts'
import { type ProductChange, updateProducts } from './update-products.ts'

export interface BatchProductsInput {
  create: NewProduct[]
  update: ProductChange[]
  delete: string[]
}

/** Creates, updates and deletes products in one workflow: if one part is refused, the others are undone. */
export async function batchProducts(input: BatchProductsInput) {
  const created = input.create.length > 0 ? await createProducts({ products: input.create }) : []
  const updated = input.update.length > 0 ? await updateProducts({ products: input.update }) : []
  const deleted = input.delete.length > 0 ? await deleteProducts({ ids: input.delete }) : []
  return { created: created.map(({ id }) => id), updated: updated.map(({ id }) => id), deleted }
}
