/** The tax rates of a line. */

/** The parts of a line that tax rate rules can refer to. */
export interface TaxableLine {
  product_id?: string | null
  product_type_id?: string | null
  shipping_option_id?: string | null
}

export interface RateRule {
  /** `product`, `product_type` or `shipping_option`. */
  reference: string
  reference_id: string
}

export interface Rate {
  id: string
  rate: number | null
  code: string
  name: string
  is_default: boolean
  is_combinable: boolean
  rules: readonly RateRule[]
}

/** The rates of the country of an address, and of its province if that has a tax region. */
export interface RatesOfAddress {
  country?: readonly Rate[]
  province?: readonly Rate[]
}

/**
 * The most specific rate of the line; those of the province come before those of the country. If the rate of the province is
 * combinable, the best rate of the country is second. Among equally specific rates, the oldest is used.
 *
 * @returns at most two rates; none if the country has no tax region.
 */
export function chooseRates(line: TaxableLine, { country, province = [] }: RatesOfAddress): Rate[] {
  if (!country) return []
  const ofProvince = bestOf(line, province)
  const ofCountry = bestOf(line, country)
  if (!ofProvince) return ofCountry ? [ofCountry] : []
  return ofProvince.is_combinable && ofCountry ? [ofProvince, ofCountry] : [ofProvince]
}

function bestOf(line: TaxableLine, rates: readonly Rate[]): Rate | undefined {
  const oldestFirst = [...rates].sort((a, b) => (a.id < b.id ? -1 : 1))
  const hasRule = (reference: string, id: string | null | undefined) => (rate: Rate) =>
    id != null && rate.rules.some((rule) => rule.reference === reference && rule.reference_id === id)
  const isForProduct = hasRule('product', line.product_id)
  const isForShipping = hasRule('shipping_option', line.shipping_option_id)
  return (
    oldestFirst.find((rate) => isForProduct(rate) || isForShipping(rate)) ??
    oldestFirst.find(hasRule('product_type', line.product_type_id)) ??
    oldestFirst.find(({ is_default }) => is_default)
  )
}
