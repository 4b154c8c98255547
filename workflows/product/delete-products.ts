import { write } from '../steps.ts'
import { productOptionsDeleted, productsDeleted } from './hooks.ts'

/** Deletes products with their variants and prices, and the inventory items that only they have. Refused if an item is reserved. */
export async function deleteProducts({ ids }: { ids: string[] }): Promise<string[]> {
  const { options } = await write.deleteProducts(ids)
  if (options.length > 0) await productOptionsDeleted({ ids: options })
  await productsDeleted({ ids })
  return ids
}
