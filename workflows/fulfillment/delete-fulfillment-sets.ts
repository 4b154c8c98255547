import { write } from '../steps.ts'

/** Deletes sets with their zones, shipping options and prices; their locations stay. */
export async function deleteFulfillmentSets({ ids }: { ids: string[] }): Promise<string[]> {
  await write.deleteFulfillmentSets(ids)
  return ids
}
