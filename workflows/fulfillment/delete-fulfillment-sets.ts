import { write } from '../steps.ts'

/** Deletes sets with their service zones, shipping options and prices. Their locations stay. */
export async function deleteFulfillmentSets({ ids }: { ids: string[] }): Promise<string[]> {
  await write.deleteFulfillmentSets(ids)
  return ids
}
