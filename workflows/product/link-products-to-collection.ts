import { write } from '../steps.ts'

/** Adds products to a collection or removes them. Refused if the collection or a product does not exist. */
export async function linkProductsToCollection(change: { id: string; add?: string[]; remove?: string[] }) {
  const { id, add = [], remove = [] } = change
  await write.linkProductsToCollection({ id, add, remove })
}
