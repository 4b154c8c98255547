import type { ListChange } from '../../modules/pricing/rules/list-changes.ts'
import { write } from '../steps.ts'

export interface BatchPriceListPricesInput extends Omit<ListChange, 'price_list_id'> {
  id: string
}

/** Refused if a price is not in the list. */
export async function batchPriceListPrices({ id, ...change }: BatchPriceListPricesInput) {
  const { created, updated } = await write.changePriceListPrices({ price_list_id: id, ...change })
  return { created, updated, deleted: change.delete }
}
