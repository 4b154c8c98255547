/** Rows of new prices. Pure. */

import type { New } from '../../../framework/model/model.ts'
import { Problem } from '../../../framework/problem.ts'
import type { MakeId } from '../../../framework/workflow/ulid.ts'
import type { Price, PriceRule, PriceSet } from '../models.ts'

export interface PriceInput {
  /** The id of an existing price; its fields that are not given stay as they are. */
  id?: string | undefined
  currency_code?: string | undefined
  amount?: number | string | undefined
  min_quantity?: number | string | null | undefined
  max_quantity?: number | string | null | undefined
  /** Attribute → expected value, or a list of conditions. */
  rules?: Record<string, string | Condition[]> | undefined
}

interface Condition {
  operator: PriceRule['operator']
  value: number | string
}

export interface PriceRows {
  prices: New<typeof Price>[]
  price_rules: New<typeof PriceRule>[]
}

export interface PriceSetRows extends PriceRows {
  price_sets: New<typeof PriceSet>[]
}

/** Creates a price set for each list of prices, in their order. */
export function newPriceSets(lists: readonly (readonly PriceInput[])[], newId: MakeId): PriceSetRows {
  const price_sets = lists.map(() => ({ id: newId('pset') }))
  const rows = lists.map((prices, i) => newPrices(prices, { price_set_id: price_sets[i]!.id }, newId))
  return { price_sets, ...mergeRows(rows) }
}

/** Prices that replace those of price sets. */
export function replacedPrices(
  sets: readonly { price_set_id: string; prices: readonly PriceInput[] }[],
  newId: MakeId,
): PriceRows & { price_set_ids: string[] } {
  const rows = sets.map(({ price_set_id, prices }) => newPrices(prices, { price_set_id }, newId))
  return { price_set_ids: sets.map(({ price_set_id }) => price_set_id), ...mergeRows(rows) }
}

function mergeRows(rows: readonly PriceRows[]): PriceRows {
  return { prices: rows.flatMap(({ prices }) => prices), price_rules: rows.flatMap(({ price_rules }) => price_rules) }
}

export function newPrices(
  prices: readonly PriceInput[],
  owner: { price_set_id: string; price_list_id?: string },
  newId: MakeId,
): PriceRows {
  const rows = prices.map(({ rules, ...price }) => {
    const id = price.id ?? newId('price')
    const price_rules = rulesOf(rules, newId).map((rule) => ({ ...rule, price_id: id }))
    const hasRules = price.id === undefined || rules !== undefined
    return {
      price: { ...columnsOf(price), ...owner, id, ...(hasRules && { rules_count: price_rules.length }) },
      price_rules,
    }
  })
  return { prices: rows.map(({ price }) => price), price_rules: rows.flatMap(({ price_rules }) => price_rules) }
}

function columnsOf({ id, currency_code, amount, min_quantity, max_quantity }: PriceInput) {
  if (id === undefined && (currency_code === undefined || amount === undefined)) {
    const missing = currency_code === undefined ? 'currency_code' : 'amount'
    throw new Problem('invalid_data', `Invalid request: Field 'prices, ${missing}' is required`)
  }
  checkQuantities({ min_quantity, max_quantity })
  return {
    currency_code: currency_code?.toLowerCase() as string,
    amount: decimalString(amount) as string,
    min_quantity: decimalString(min_quantity),
    max_quantity: decimalString(max_quantity),
  }
}

/** @throws Problem `invalid_data` if the minimum is larger than the maximum. */
export function checkQuantities({
  min_quantity,
  max_quantity,
}: Pick<PriceInput, 'min_quantity' | 'max_quantity'>): void {
  if (min_quantity != null && max_quantity != null && Number(min_quantity) > Number(max_quantity)) {
    throw new Problem('invalid_data', `A price is for ${min_quantity} pieces at least, but ${max_quantity} at most`)
  }
}

const decimalString = (value: number | string | null | undefined) => (value == null ? value : String(value))

function rulesOf(rules: PriceInput['rules'] = {}, newId: MakeId) {
  return Object.entries(rules).flatMap(([attribute, value]) => {
    const conditions = typeof value === 'string' ? [{ operator: 'eq' as const, value }] : value
    return conditions.map((one) => ({
      id: newId('prule'),
      attribute,
      operator: one.operator,
      value: String(one.value),
    }))
  })
}
