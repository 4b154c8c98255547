import { withIds } from '../../framework/workflow/index.ts'
import type { PricePreference } from '../../modules/pricing/models.ts'
import { write } from '../steps.ts'

type Fields = Pick<PricePreference, 'attribute' | 'value'> & Partial<Pick<PricePreference, 'is_tax_inclusive'>>

/** Adds preferences: all of them, or none where there is one for the same already. */
export async function createPricePreferences(input: { price_preferences: Fields[] }): Promise<PricePreference[]> {
  return write.createPricePreferences(withIds('prpref', input.price_preferences))
}

/** Changes what is given and leaves the rest. */
export async function updatePricePreferences(input: {
  price_preferences: (Partial<Fields> & { id: string })[]
}): Promise<PricePreference[]> {
  return write.updatePricePreferences(input.price_preferences)
}

/** Deletes preferences: all of them, or none where one is not there. */
export async function deletePricePreferences({ ids }: { ids: string[] }): Promise<string[]> {
  return write.deletePricePreferences(ids)
}
