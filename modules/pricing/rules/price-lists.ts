/** Rows of price lists and their prices. Pure. */

import type { Change, New } from '../../../framework/model/model.ts'
import { Problem } from '../../../framework/problem.ts'
import type { MakeId } from '../../../framework/workflow/ulid.ts'
import type { Price, PriceList, PriceListRule, PriceRule } from '../models.ts'
import { newPrices, type PriceInput } from './new-prices.ts'

/** Attribute → values, one of which must match. */
type ListRules = Record<string, string[]>

export interface PriceListFields {
  title?: string | undefined
  description?: string | null | undefined
  starts_at?: string | null | undefined
  ends_at?: string | null | undefined
  status?: PriceList['status'] | undefined
  type?: PriceList['type'] | undefined
  metadata?: Record<string, unknown> | null | undefined
  rules?: ListRules | undefined
}

/** A price in a list; the price set is that of the variant. */
export interface ListPriceInput extends PriceInput {
  variant_id: string
}

export interface NewPriceList extends PriceListFields {
  title: string
  description: string
  prices?: ListPriceInput[] | undefined
}

/** A row of a price before the price set of its variant is known. */
export type ListPrice = Omit<New<typeof Price>, 'price_set_id'> & { variant_id: string }

export interface ListPrices {
  prices: ListPrice[]
  price_rules: New<typeof PriceRule>[]
}

export interface PriceListRows {
  price_lists: New<typeof PriceList>[]
  price_list_rules: New<typeof PriceListRule>[]
}

export interface PriceListChanges {
  price_lists: Change<typeof PriceList>[]
  price_list_rules: New<typeof PriceListRule>[]
  /** Ids of lists whose rules are replaced. */
  replaced: string[]
}

export function newPriceLists(lists: readonly NewPriceList[], newId: MakeId): PriceListRows & ListPrices {
  const rows = lists.map(({ prices = [], rules = {}, ...list }) => {
    const id = newId('plist')
    const price_list_rules = rulesOf(id, rules, newId)
    checkTimes(list)
    return {
      price_list: { ...list, id, rules_count: price_list_rules.length },
      price_list_rules,
      ...listPrices(prices, id, newId),
    }
  })
  return {
    price_lists: rows.map(({ price_list }) => price_list),
    price_list_rules: rows.flatMap(({ price_list_rules }) => price_list_rules),
    prices: rows.flatMap(({ prices }) => prices),
    price_rules: rows.flatMap(({ price_rules }) => price_rules),
  }
}

/** Rules that are given replace those of the list. */
export function priceListChanges(
  lists: readonly (PriceListFields & { id: string })[],
  newId: MakeId,
): PriceListChanges {
  const rows = lists.map(({ rules, ...list }) => {
    const price_list_rules = rulesOf(list.id, rules ?? {}, newId)
    return { list: { ...list, ...(rules && { rules_count: price_list_rules.length }) }, price_list_rules, rules }
  })
  return {
    price_lists: rows.map(({ list }) => list as Change<typeof PriceList>),
    price_list_rules: rows.flatMap(({ price_list_rules }) => price_list_rules),
    replaced: rows.flatMap(({ list, rules }) => (rules ? [list.id] : [])),
  }
}

/** Rows of new prices in a list, and changes of prices with an id. */
export function listPrices(prices: readonly ListPriceInput[], price_list_id: string, newId: MakeId): ListPrices {
  const rows = prices.map(({ variant_id, ...price }) => {
    const priceRows = newPrices([price], { price_set_id: UNKNOWN, price_list_id }, newId)
    return { prices: priceRows.prices.map(({ price_set_id: _, ...row }) => ({ ...row, variant_id })), priceRows }
  })
  return {
    prices: rows.flatMap(({ prices }) => prices),
    price_rules: rows.flatMap(({ priceRows }) => priceRows.price_rules),
  }
}

const UNKNOWN = ''

/**
 * Replaces variant ids by the price sets of the variants.
 *
 * @throws Problem `invalid_data` if a variant does not exist or has no price set.
 */
export function inPriceSets(
  prices: readonly ListPrice[],
  sets: readonly { variant_id: string; price_set_id: string }[],
): New<typeof Price>[] {
  const setOf = new Map(sets.map(({ variant_id, price_set_id }) => [variant_id, price_set_id]))
  const without = new Set(prices.map(({ variant_id }) => variant_id).filter((id) => !setOf.has(id)))
  if (without.size > 0) {
    throw new Problem('invalid_data', `Variants with ids: ${[...without].join(', ')} do not exist or have no price set`)
  }
  return prices.map(({ variant_id, ...price }) => ({ ...price, price_set_id: setOf.get(variant_id)! }))
}

function rulesOf(price_list_id: string, rules: ListRules, newId: MakeId): New<typeof PriceListRule>[] {
  return Object.entries(rules).map(([attribute, value]) => ({ id: newId('prule'), attribute, value, price_list_id }))
}

/** @throws Problem `invalid_data` if a list ends before it starts. */
export function checkTimes({ starts_at, ends_at }: Pick<PriceListFields, 'starts_at' | 'ends_at'>): void {
  if (starts_at && ends_at && Date.parse(ends_at) < Date.parse(starts_at)) {
    throw new Problem('invalid_data', `A price list cannot end (${ends_at}) before it starts (${starts_at})`)
  }
}
