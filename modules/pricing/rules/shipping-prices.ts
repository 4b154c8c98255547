/** Converts prices of shipping options, with regions and conditions, to prices of price sets. Pure. */
import { nothingToUpdate, Problem } from '../../../framework/problem.ts'
import type { MakeId } from '../../../framework/workflow/ulid.ts'
import type { PriceRule } from '../models.ts'
import { type PriceInput, type PriceRows, replacedPrices } from './new-prices.ts'

/** A price in a currency, or in a region and its currency. */
export interface ShippingPrice {
  /** The id of an existing price of the option; its fields that are not given stay as they are. */
  id?: string | undefined
  currency_code?: string | undefined
  region_id?: string | undefined
  amount?: number | undefined
  rules?: { attribute: string; operator: PriceRule['operator']; value: number }[] | undefined
}

export interface PricedOption {
  id: string
  price_set_link: { price_set_id: string } | null
  prices: StoredPrice[]
}

interface StoredPrice {
  id: string
  currency_code: string
  raw_amount: { value: string }
  price_rules: Pick<PriceRule, 'attribute' | 'operator' | 'value'>[]
}

export interface PricedRegion {
  id: string
  currency_code: string
}

/** The prices that replace those of an option. */
export interface Repricing {
  id: string
  prices: ShippingPrice[]
}

/** @throws Problem `not_found` if an option, region, or price with an id does not exist. */
export function repricedOptions(
  { options, regions }: { options: readonly PricedOption[]; regions: readonly PricedRegion[] },
  wanted: readonly Repricing[],
  newId: MakeId,
): PriceRows & { price_set_ids: string[] } {
  const stored = new Map(options.map((option) => [option.id, option]))
  const sets = wanted.map(({ id, prices }) => {
    const option = stored.get(id)
    if (!option?.price_set_link) throw nothingToUpdate('Shipping Option', id)
    return { ...option.price_set_link, prices: pricesOf(prices, regions, option) }
  })
  return replacedPrices(sets, newId)
}

/** The distinct ids of regions in prices. */
export function regionsOf(prices: readonly ShippingPrice[]): string[] {
  return [...new Set(prices.flatMap(({ region_id }) => region_id ?? []))]
}

/** @throws Problem `not_found` if a region does not exist, or the option has no price with an id. */
export function pricesOf(
  prices: readonly ShippingPrice[],
  regions: readonly PricedRegion[],
  option?: PricedOption,
): PriceInput[] {
  const currencies = new Map(regions.map(({ id, currency_code }) => [id, currency_code]))
  const missing = regionsOf(prices).filter((id) => !currencies.has(id))
  if (missing.length > 0) throw new Problem('not_found', `Region id not found: ${missing.join(', ')}`)
  return prices.map((price) => {
    const stored = storedPrice(price, option)
    const region = price.region_id ?? (price.currency_code ? undefined : stored?.region)
    const conditions = price.rules ?? stored?.conditions ?? []
    return {
      id: price.id,
      currency_code: currencies.get(price.region_id ?? '') ?? price.currency_code ?? stored!.currency_code,
      amount: price.amount ?? stored!.amount,
      rules: { ...byAttribute(conditions), ...(region && { region_id: region }) },
    }
  })
}

function storedPrice({ id }: ShippingPrice, option?: PricedOption) {
  if (!id) return undefined
  const stored = option?.prices.find((price) => price.id === id)
  if (!stored) throw new Problem('not_found', `Shipping option ${option?.id} has no price with id: ${id}`)
  const { currency_code, raw_amount, price_rules } = stored
  return {
    currency_code,
    amount: raw_amount.value,
    region: price_rules.find(({ attribute }) => attribute === REGION)?.value,
    conditions: price_rules.filter(({ attribute }) => attribute !== REGION),
  }
}

const REGION = 'region_id'

type Condition = { attribute: string; operator: PriceRule['operator']; value: number | string }

function byAttribute(conditions: readonly Condition[]): Record<string, Omit<Condition, 'attribute'>[]> {
  const rules: Record<string, Omit<Condition, 'attribute'>[]> = {}
  for (const { attribute, ...condition } of conditions) {
    rules[attribute] = [...(rules[attribute] ?? []), condition]
  }
  return rules
}
