/** The writes that replace the prices of price sets. Pure. */
import type { Change } from '../../../framework/model/model.ts'
import type { Price } from '../models.ts'
import type { PriceRows } from './new-prices.ts'

export interface StoredPrice {
  id: string
  price_set_id: string
  currency_code: string
  min_quantity: string | null
  max_quantity: string | null
  price_rules: { id: string; attribute: string; operator: string; value: string }[]
}

export interface PriceChanges {
  created: PriceRows
  updated: Change<typeof Price>[]
  deleted: string[]
  /** Rules of updated prices, replaced by those in `created`. */
  deletedRules: string[]
}

/** An existing price with the same id, or the same currency, quantities and rules, keeps its id. */
export function priceChanges(stored: readonly StoredPrice[], wanted: PriceRows): PriceChanges {
  const byId = new Map(stored.map((price) => [price.id, price]))
  const named = new Set(wanted.prices.map(({ id }) => id))
  const unnamed = stored.filter(({ id }) => !named.has(id)) // a price that is given by id matches no other
  const byConditions = new Map(unnamed.map((price) => [conditionsKey(price, price.price_rules), price]))
  const kept = new Map<string, StoredPrice>()
  const changes: PriceChanges = { created: { prices: [], price_rules: [] }, updated: [], deleted: [], deletedRules: [] }
  for (const price of wanted.prices) {
    const rules = wanted.price_rules.filter(({ price_id }) => price_id === price.id)
    const same = byId.get(price.id) ?? byConditions.get(conditionsKey(price, rules))
    if (!same || kept.has(same.id)) {
      changes.created.prices.push(price)
      changes.created.price_rules.push(...rules)
      continue
    }
    kept.set(same.id, same)
    changes.updated.push({ ...price, id: same.id })
    if (price.rules_count === undefined || rulesKey(rules) === rulesKey(same.price_rules)) continue
    changes.deletedRules.push(...same.price_rules.map(({ id }) => id))
    changes.created.price_rules.push(...rules.map((rule) => ({ ...rule, price_id: same.id })))
  }
  changes.deleted = stored.filter(({ id }) => !kept.has(id)).map(({ id }) => id)
  return changes
}

type Rule = { attribute: string; operator?: string | undefined; value: string }
type Conditions = Pick<StoredPrice, 'price_set_id' | 'currency_code'> &
  Partial<Record<'min_quantity' | 'max_quantity', string | null>>

function conditionsKey(price: Conditions, rules: readonly Rule[]): string {
  const { price_set_id, currency_code, min_quantity = null, max_quantity = null } = price
  const [min, max] = [min_quantity, max_quantity].map((quantity) => (quantity === null ? null : Number(quantity)))
  return JSON.stringify([price_set_id, currency_code, min, max, rulesKey(rules)])
}

function rulesKey(rules: readonly Rule[]): string {
  return JSON.stringify(rules.map(({ attribute, operator = 'eq', value }) => [attribute, operator, value]).sort())
}
