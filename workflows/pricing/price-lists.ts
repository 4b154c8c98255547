import { eachOnce, emitIds, newId } from '../../framework/workflow/index.ts'
import type { PriceList } from '../../modules/pricing/models.ts'
import {
  type ListPriceInput,
  listPrices,
  type NewPriceList,
  newPriceLists,
  type PriceListFields,
  priceListChanges,
} from '../../modules/pricing/rules/price-lists.ts'
import { write } from '../steps.ts'

/** Adds lists with their rules and prices: all of it, or nothing where a variant is not there. */
export async function createPriceLists({ price_lists }: { price_lists: NewPriceList[] }): Promise<PriceList[]> {
  const rows = newPriceLists(price_lists, newId)
  emitIds('pricing.price-list.created', rows.price_lists)
  return write.createPriceLists(rows)
}

/** Changes what is given and leaves the rest; rules that are given are all that a list has. */
export async function updatePriceLists({
  price_lists,
}: {
  price_lists: (PriceListFields & { id: string })[]
}): Promise<PriceList[]> {
  const changes = priceListChanges(price_lists, newId)
  emitIds('pricing.price-list.updated', price_lists)
  return write.updatePriceLists(changes)
}

/** Deletes lists with their prices. */
export async function deletePriceLists({ ids }: { ids: string[] }): Promise<string[]> {
  emitIds('pricing.price-list.deleted', ids)
  await write.deletePriceLists(ids)
  return ids
}

export interface BatchPriceListPricesInput {
  id: string
  create: ListPriceInput[]
  /** Each with the id of a price in the list; rules that are given are all that it has. */
  update: (ListPriceInput & { id: string })[]
  delete: string[]
}

/** Creates, updates and deletes prices of a list: all of it in one step, or nothing. */
export async function batchPriceListPrices({ id, create, update, ...batch }: BatchPriceListPricesInput) {
  const created = listPrices(create, id, newId)
  const updated = listPrices(eachOnce(update), id, newId)
  await write.changePriceListPrices({ price_list_id: id, created, updated, deleted: batch.delete })
  return {
    created: created.prices.map((price) => price.id),
    updated: updated.prices.map((price) => price.id),
    deleted: batch.delete,
  }
}

/** Takes products out of a list: with all the prices that it has for their variants. */
export async function removeProductsFromPriceList({ id, product_ids }: { id: string; product_ids: string[] }) {
  await write.removeProductsFromPriceList({ price_list_id: id, product_ids })
}
