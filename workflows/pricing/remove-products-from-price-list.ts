import { write } from '../steps.ts'

/** Takes products out of a list, with all the prices that it has for their variants. */
export async function removeProductsFromPriceList({ id, product_ids }: { id: string; product_ids: string[] }) {
  await write.removeProductsFromPriceList({ price_list_id: id, product_ids })
}
