/** What a thing costs, told naively: the reference that the SQL of `links/calculated-price.ts` has to agree with. */

export interface Rule {
  attribute: string
  operator: 'eq' | 'gt' | 'gte' | 'lt' | 'lte'
  value: string
}

export interface PriceList {
  id: string
  type: 'sale' | 'override'
  status: 'active' | 'draft'
  starts_at: string | null
  ends_at: string | null
  deleted: boolean
  rules: { attribute: string; values: string[] }[]
}

export interface Price {
  id: string
  price_set_id: string
  currency_code: string
  amount: string
  min_quantity: number | null
  max_quantity: number | null
  deleted: boolean
  rules: Rule[]
  list: PriceList | null
}

export interface Preference {
  attribute: string
  value: string
  is_tax_inclusive: boolean
  deleted: boolean
}

export interface Asked {
  currency_code: string
  now: string
  region_id?: string | undefined
  customer_group_ids?: string[] | undefined
  quantity?: number | undefined
  price_attributes?: Record<string, string | number> | undefined
}

/** `calculated_price` of a price set. */
export function calculatedPrice(set: string, prices: Price[], preferences: Preference[], asked: Asked) {
  const candidates = prices
    .filter((price) => price.price_set_id === set && isCandidate(price, asked))
    .sort(
      (a, b) =>
        ruleCount(b) - ruleCount(a) || Number(a.amount) - Number(b.amount) || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0),
    )
  const standard = candidates.find(({ list }) => list === null)
  const best = candidates.find(({ list }) => list !== null)
  const calculated = best && (best.list!.type === 'override' || !isLower(standard, best)) ? best : standard
  if (!calculated) return null
  const original = candidates.find(({ list }) => list !== null && list.type !== 'sale') ?? standard
  return {
    id: set,
    is_calculated_price_price_list: calculated.list !== null,
    is_calculated_price_tax_inclusive: isTaxInclusive(calculated, preferences, asked),
    ...amounts('calculated', calculated),
    is_original_price_price_list: original !== undefined && original.list !== null,
    is_original_price_tax_inclusive: original !== undefined && isTaxInclusive(original, preferences, asked),
    ...amounts('original', original),
    currency_code: asked.currency_code,
    calculated_price: originOf(calculated),
    original_price: originOf(original),
  }
}

const isLower = (one: Price | undefined, other: Price) => one !== undefined && Number(one.amount) < Number(other.amount)
const ruleCount = ({ rules, list }: Price) => rules.length + (list?.rules.length ?? 0)

function isCandidate(price: Price, asked: Asked): boolean {
  const { list, min_quantity, max_quantity } = price
  if (price.deleted || price.currency_code !== asked.currency_code) return false
  if (min_quantity !== null && min_quantity > (asked.quantity ?? 1)) return false
  if (max_quantity !== null && asked.quantity !== undefined && max_quantity < asked.quantity) return false
  return price.rules.every((rule) => holds(rule, asked)) && (list === null || isInForce(list, asked))
}

function isInForce(list: PriceList, asked: Asked): boolean {
  if (list.deleted || list.status !== 'active') return false
  if (list.starts_at !== null && list.starts_at > asked.now) return false
  if (list.ends_at !== null && list.ends_at < asked.now) return false
  return list.rules.every(({ attribute, values }) => valuesOf(attribute, asked).some((value) => values.includes(value)))
}

function valuesOf(attribute: string, asked: Asked): string[] {
  if (attribute === 'region_id') return asked.region_id === undefined ? [] : [asked.region_id]
  if (attribute === 'customer.groups.id') return asked.customer_group_ids ?? []
  const value = asked.price_attributes?.[attribute]
  return value === undefined ? [] : [String(value)]
}

const COMPARE = {
  gt: (a: number, b: number) => a > b,
  gte: (a: number, b: number) => a >= b,
  lt: (a: number, b: number) => a < b,
  lte: (a: number, b: number) => a <= b,
}

function holds({ attribute, operator, value }: Rule, asked: Asked): boolean {
  if (operator === 'eq') return valuesOf(attribute, asked).includes(value)
  const [given] = [asked.price_attributes?.[attribute]]
  const isNumber = (text: unknown) => /^[+-]?\d+(\.\d+)?(e[+-]?\d{1,3})?$/i.test(String(text))
  return isNumber(given) && isNumber(value) && COMPARE[operator](Number(given), Number(value))
}

function isTaxInclusive({ rules }: Price, preferences: Preference[], { region_id, currency_code }: Asked): boolean {
  const of = (attribute: string, value: string | undefined) =>
    preferences.find((one) => !one.deleted && one.attribute === attribute && one.value === value)?.is_tax_inclusive
  const isRegional = rules.some(
    ({ attribute, operator, value }) => attribute === 'region_id' && operator === 'eq' && value === region_id,
  )
  return (isRegional ? of('region_id', region_id) : undefined) ?? of('currency_code', currency_code) ?? false
}

function amounts(name: 'calculated' | 'original', price: Price | undefined) {
  const raw = price && { value: String(Number(price.amount)), precision: 20 }
  return { [`${name}_amount`]: price ? Number(price.amount) : null, [`raw_${name}_amount`]: raw ?? null }
}

function originOf(price: Price | undefined) {
  return {
    id: price?.id ?? null,
    price_list_id: price?.list?.id ?? null,
    price_list_type: price?.list?.type ?? null,
    min_quantity: price?.min_quantity ?? null,
    max_quantity: price?.max_quantity ?? null,
  }
}
