/** What shipping options cost, as callers say it, in the words of price sets. */
import { ALL, Problem } from '../../framework/workflow/index.ts'
import type { PriceRule } from '../../modules/pricing/models.ts'
import type { PriceInput } from '../../modules/pricing/rules/new-prices.ts'
import { read } from '../steps.ts'

/** In a currency, or in that of a region. */
export interface ShippingPrice {
  /** Of one that the option has: what is not given stays. */
  id?: string | undefined
  currency_code?: string | undefined
  region_id?: string | undefined
  amount?: number | undefined
  rules?: { attribute: string; operator: PriceRule['operator']; value: number }[] | undefined
}

/** A shipping option's prices as they are. */
export interface PricedOption {
  id: string
  price_set_link: { price_set_id: string }
  prices: StoredPrice[]
}

interface StoredPrice {
  id: string
  currency_code: string
  raw_amount: { value: string }
  price_rules: Pick<PriceRule, 'attribute' | 'operator' | 'value'>[]
}

const RULE = ['attribute', 'operator', 'value'].map((field) => `price_rules.${field}`)
const PRICE = ['id', 'currency_code', 'raw_amount', ...RULE].map((field) => `prices.${field}`)

export async function pricedOptions(ids: string[]): Promise<PricedOption[]> {
  const { rows } = await read.query<PricedOption>('shipping_option', {
    fields: ['id', 'price_set_link.price_set_id', ...PRICE],
    filters: { id: ids },
    limit: ALL,
  })
  return rows
}

/** Region → its currency. @throws Problem `not_found` */
export async function currenciesOf(prices: readonly ShippingPrice[]): Promise<Map<string, string>> {
  const ids = [...new Set(prices.flatMap(({ region_id }) => region_id ?? []))]
  if (ids.length === 0) return new Map()
  const { rows } = await read.query<{ id: string; currency_code: string }>('region', {
    fields: ['id', 'currency_code'],
    filters: { id: ids },
    limit: ALL,
  })
  const absent = ids.filter((id) => !rows.some((row) => row.id === id))
  if (absent.length > 0) throw new Problem('not_found', `Region id not found: ${absent.join(', ')}`)
  return new Map(rows.map(({ id, currency_code }) => [id, currency_code]))
}

/** @throws Problem `not_found` where a price is given by an id that the option has not. */
export function pricesOf(
  prices: readonly ShippingPrice[],
  currencies: ReadonlyMap<string, string>,
  option?: PricedOption,
): PriceInput[] {
  return prices.map((price) => {
    const stored = storedOf(price, option)
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

function storedOf({ id }: ShippingPrice, option?: PricedOption) {
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
