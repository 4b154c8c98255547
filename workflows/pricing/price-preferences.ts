import type { Change, Draft } from '../../framework/model/model.ts'
import { withIds } from '../../framework/workflow/index.ts'
import type { PricePreference } from '../../modules/pricing/models.ts'
import { write } from '../steps.ts'

/** Adds preferences: all of them, or none where there is one for the same already. */
export async function createPricePreferences(input: { price_preferences: Draft<typeof PricePreference>[] }) {
  return write.createPricePreferences(withIds('prpref', input.price_preferences))
}

/** Changes what is given and leaves the rest. */
export async function updatePricePreferences(input: { price_preferences: Change<typeof PricePreference>[] }) {
  return write.updatePricePreferences(input.price_preferences)
}

/** Deletes preferences: all of them, or none where one is not there. */
export async function deletePricePreferences({ ids }: { ids: string[] }) {
  await write.deletePricePreferences(ids)
  return ids
}
