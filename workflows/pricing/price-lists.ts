import type { PriceList } from '../../modules/pricing/models.ts'
import type { NewPriceList, PriceListFields } from '../../modules/pricing/rules/price-lists.ts'
import { write } from '../steps.ts'

/** Creates lists with their rules and prices. Refused if a variant does not exist. */
export async function createPriceLists(input: { price_lists: NewPriceList[] }): Promise<PriceList[]> {
  return write.createPriceLists(input.price_lists)
}

/** If rules are given, they replace those of the list. */
export async function updatePriceLists(input: {
  price_lists: (PriceListFields & { id: string })[]
}): Promise<PriceList[]> {
  return write.updatePriceLists(input.price_lists)
}

/** Deletes lists with their prices. */
export async function deletePriceLists({ ids }: { ids: string[] }): Promise<string[]> {
  return write.deletePriceLists(ids, { emits: { 'pricing.price-list.deleted': ids } })
}
