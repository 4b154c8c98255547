/** Which rates are due on a line (`api/http-semantics.md` 10). */

/** What a line is about, as far as rules of rates can name it. */
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

/** The rates of the address's country, and of its province where that is a tax region of its own. */
export interface RatesOfAddress {
  country?: readonly Rate[]
  province?: readonly Rate[]
}

/**
 * The rate that names the line most closely, of the province before the country; where it is the province's and combinable, the
 * country's best rate comes second. Of several that are equally close the oldest counts.
 *
 * @returns at most two rates; none where there is no tax region for the country.
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
  const named = (reference: string, id: string | null | undefined) => (rate: Rate) =>
    id != null && rate.rules.some((rule) => rule.reference === reference && rule.reference_id === id)
  const isProduct = named('product', line.product_id)
  const isShipping = named('shipping_option', line.shipping_option_id)
  return (
    oldestFirst.find((rate) => isProduct(rate) || isShipping(rate)) ??
    oldestFirst.find(named('product_type', line.product_type_id)) ??
    oldestFirst.find(({ is_default }) => is_default)
  )
}
