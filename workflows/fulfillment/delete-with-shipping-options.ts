import { write } from '../steps.ts'

/** After a step that deleted shipping options and answers with their ids: their links go as well, and what they cost. */
export async function deleteWithShippingOptions(deleting: Promise<string[]>): Promise<void> {
  const options = await deleting
  if (options.length === 0) return
  const { price_set = [] } = await write.deleteLinksOf('shipping_option', options)
  if (price_set.length > 0) await write.deletePriceSets(price_set)
}
