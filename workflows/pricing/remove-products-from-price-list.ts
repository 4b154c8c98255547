import { write } from '../steps.ts'

/** Deletes the prices that a list has for variants of these products. */
export async function removeProductsFromPriceList({ id, product_ids }: { id: string; product_ids: string[] }) {
  await write.removeProductsFromPriceList({ price_list_id: id, product_ids })
}
