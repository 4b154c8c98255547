/** Changes of the prices in a price list. Pure. */

import { mergeById } from '../../../framework/merge-by-id.ts'
import type { Change } from '../../../framework/model/model.ts'
import { Problem } from '../../../framework/problem.ts'
import type { MakeId } from '../../../framework/workflow/ulid.ts'
import type { Price } from '../models.ts'
import type { ListPriceChanges } from '../service.ts'
import { inPriceSets, type ListPriceInput, type ListPrices, listPrices } from './price-lists.ts'

export interface ListChange {
  price_list_id: string
  create: ListPriceInput[]
  /** Prices of the list by id; rules that are given replace those of the price. */
  update: (ListPriceInput & { id: string })[]
  delete: string[]
}

interface ListChangeRows {
  price_list_id: string
  created: ListPrices
  updated: ListPrices
  deleted: string[]
}

/** The rows of a change. If a price is changed twice, the later change counts. */
export function listChange({ price_list_id, create, update, ...change }: ListChange, newId: MakeId): ListChangeRows {
  return {
    price_list_id,
    created: listPrices(create, price_list_id, newId),
    updated: listPrices(mergeById(update), price_list_id, newId),
    deleted: change.delete,
  }
}

interface Facts {
  /** The id of the list if it exists. */
  lists: string[]
  sets: { variant_id: string; price_set_id: string }[]
  /** The ids of the given prices that are in the list. */
  prices: string[]
}

/** @throws Problem `not_found` if the list does not exist or a price is not in it, `invalid_data` if a variant has no price set. */
export function changesInList({ lists, sets, prices }: Facts, change: ListChangeRows): ListPriceChanges {
  const { price_list_id, created, updated, deleted } = change
  checkList(lists, price_list_id)
  const known = new Set(prices)
  const missing = [...updated.prices.map(({ id }) => id), ...deleted].find((id) => !known.has(id))
  if (missing) throw new Problem('not_found', `Price with id: ${missing} was not found`)
  return {
    prices: inPriceSets(created.prices, sets),
    price_rules: [...created.price_rules, ...updated.price_rules],
    updated: inPriceSets(updated.prices, sets) as Change<typeof Price>[],
    replaced: updated.prices.flatMap(({ id, rules_count }) => (rules_count === undefined ? [] : [id])),
    deleted: [...new Set(deleted)],
  }
}

/** Deletes the prices of a list for products. @throws Problem `not_found` if the list does not exist. */
export function pricesOfProducts(
  { lists, prices }: { lists: string[]; prices: string[] },
  { price_list_id }: { price_list_id: string },
): ListPriceChanges {
  checkList(lists, price_list_id)
  return { prices: [], price_rules: [], updated: [], replaced: [], deleted: prices }
}

function checkList(lists: string[], id: string): void {
  if (!lists.includes(id)) throw new Problem('not_found', `Price List with id: ${id} was not found`)
}
