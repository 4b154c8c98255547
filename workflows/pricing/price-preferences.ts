import type { Change, Draft } from '../../framework/model/model.ts'
import { withIds } from '../../framework/workflow/index.ts'
import type { PricePreference } from '../../modules/pricing/models.ts'
import { write } from '../steps.ts'

/** Refused if there is a preference for the same attribute and value. */
export async function createPricePreferences(input: { price_preferences: Draft<typeof PricePreference>[] }) {
  return write.createPricePreferences(withIds('prpref', input.price_preferences))
}

export async function updatePricePreferences(input: { price_preferences: Change<typeof PricePreference>[] }) {
  return write.updatePricePreferences(input.price_preferences)
}

export async function deletePricePreferences({ ids }: { ids: string[] }) {
  await write.deletePricePreferences(ids)
  return ids
}
