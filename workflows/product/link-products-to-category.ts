import { newId } from '../../framework/workflow/index.ts'
import { write } from '../steps.ts'

/** Adds products to a category or removes them. Refused if the category or a product does not exist. */
export async function linkProductsToCategory(change: { id: string; add?: string[]; remove?: string[] }) {
  const { id, add = [], remove = [] } = change
  const added = [...new Set(add)].map((product_id) => ({ id: newId('pcatprod'), product_id }))
  await write.linkProductsToCategory({ id, add: added, remove })
}
