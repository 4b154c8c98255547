import { write } from '../steps.ts'
import { productOptionsDeleted, productsDeleted } from './hooks.ts'

/** Deletes products with variants, prices and links, and the items in stock that only they had; refused if one is reserved. */
export async function deleteProducts({ ids }: { ids: string[] }): Promise<string[]> {
  const { options } = await write.deleteProducts(ids)
  if (options.length > 0) await productOptionsDeleted({ ids: options })
  await productsDeleted({ ids })
  return ids
}
