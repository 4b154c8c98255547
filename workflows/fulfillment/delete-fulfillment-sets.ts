import { write } from '../steps.ts'
import { deleteWithShippingOptions } from './delete-with-shipping-options.ts'

/** Deletes sets with their zones, shipping options and prices; their locations stay. */
export async function deleteFulfillmentSets({ ids }: { ids: string[] }): Promise<string[]> {
  await deleteWithShippingOptions(write.deleteFulfillmentSets(ids))
  await write.deleteLinksOf('fulfillment_set', ids)
  return ids
}
