import type { Rate } from './choose-rates.ts'

/** The provider of every shop, and the default of tax regions. */
export const SYSTEM_TAX_PROVIDER = 'tp_system'

/** A line of a cart or an order, or one of its shipping methods, with the rates that were chosen for it. */
export interface TaxableItem {
  id: string
  kind: 'item' | 'shipping'
  product_id?: string | null
  product_type_id?: string | null
  shipping_option_id?: string | null
  is_giftcard?: boolean
  /** Of one piece, in major units: a decimal string. */
  unit_price: string
  quantity: string
  currency_code: string
  rates: readonly Rate[]
}

/** A tax on a line. */
export interface TaxLine {
  /** The id of the item. */
  line_id: string
  tax_rate_id?: string
  /** In percent. */
  rate: number
  /** The name of the rate. */
  description: string
  code: string
  provider_id: string
}

/** One line for each rate of an item. Gift cards are not taxed. */
export function systemTaxLines(items: readonly TaxableItem[]): TaxLine[] {
  return items
    .filter(({ is_giftcard }) => !is_giftcard)
    .flatMap(({ id: line_id, rates }) =>
      rates.map(({ id: tax_rate_id, rate, name: description, code }) => ({
        line_id,
        tax_rate_id,
        rate: rate ?? 0,
        description,
        code,
        provider_id: SYSTEM_TAX_PROVIDER,
      })),
    )
}
