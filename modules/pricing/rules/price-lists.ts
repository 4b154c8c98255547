/** Price lists as they are asked for, and the rows that they are kept in. */

import type { Change, New } from '../../../framework/model/model.ts'
import { Problem } from '../../../framework/problem.ts'
import type { MakeId } from '../../../framework/workflow/ulid.ts'
import type { Price, PriceList, PriceListRule, PriceRule } from '../models.ts'
import { newPrices, type PriceInput } from './new-prices.ts'

/** Attribute → values of which it must have one. */
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

/** A price that is in a list; of which variant, and so of which price set. */
export interface ListPriceInput extends PriceInput {
  variant_id: string
}

export interface NewPriceList extends PriceListFields {
  title: string
  description: string
  prices?: ListPriceInput[] | undefined
}

/** A row of a price, before it is known which price set its variant has. */
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
  /** Ids of lists whose rules are all given. */
  replaced: string[]
}

/** New lists with their rules and prices. */
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

/** What changes about lists; rules that are given are all that a list has. */
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

/** The rows of prices in a list: new ones, and of those with an id what changes. */
export function listPrices(prices: readonly ListPriceInput[], price_list_id: string, newId: MakeId): ListPrices {
  const rows = prices.map(({ variant_id, ...price }) => {
    const made = newPrices([price], { price_set_id: UNKNOWN, price_list_id }, newId)
    return { prices: made.prices.map(({ price_set_id: _, ...row }) => ({ ...row, variant_id })), made }
  })
  return { prices: rows.flatMap(({ prices }) => prices), price_rules: rows.flatMap(({ made }) => made.price_rules) }
}

const UNKNOWN = ''

/**
 * The prices as rows of the price sets that their variants have.
 *
 * @throws Problem `invalid_data` where a variant has none, or is not there.
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

/** @throws Problem `invalid_data` where a list ends before it starts. */
export function checkTimes({ starts_at, ends_at }: Pick<PriceListFields, 'starts_at' | 'ends_at'>): void {
  if (starts_at && ends_at && Date.parse(ends_at) < Date.parse(starts_at)) {
    throw new Problem('invalid_data', `A price list cannot end (${ends_at}) before it starts (${starts_at})`)
  }
}
