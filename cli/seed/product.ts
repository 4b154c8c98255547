/** A product of the demo shop and its variants. */

export type Currency = 'eur' | 'usd'
export type Amounts = Record<Currency, number>

export interface DemoProduct {
  handle: string
  title: string
  subtitle: string
  description: string
  /** The product type, which also determines its image. */
  type: DemoType
  /** Handle of the category. */
  category: string
  /** Handle of the collection. */
  collection?: string
  tags: string[]
  /** Title → values; each combination is a variant. */
  options: Record<string, string[]>
  price: Amounts
  /** Option value → surcharge, in each currency. */
  extra?: Record<string, number>
  /** Discount of the sale in percent. */
  sale?: number
  status?: 'draft'
  material?: string
  weight: number
}

export type DemoType =
  | 'T-shirt'
  | 'Sweatshirt'
  | 'Shirt'
  | 'Socks'
  | 'Hat'
  | 'Bag'
  | 'Mug'
  | 'Textile'
  | 'Candle'
  | 'Print'
  | 'Book'
  | 'Notebook'

export interface DemoVariant {
  title: string
  sku: string
  options: Record<string, string>
  price: Amounts
}

/** One variant for each combination of option values. */
export function variantsOf({ handle, options, price, extra = {} }: DemoProduct): DemoVariant[] {
  return combinations(Object.entries(options)).map((chosen) => {
    const values = Object.values(chosen)
    const surcharge = values.reduce((sum, value) => sum + (extra[value] ?? 0), 0)
    return {
      title: values.join(' / '),
      sku: [handle, ...values]
        .join('-')
        .toUpperCase()
        .replace(/[^A-Z0-9]+/g, '-'),
      options: chosen,
      price: { eur: price.eur + surcharge, usd: price.usd + surcharge },
    }
  })
}

function combinations([first, ...others]: [string, string[]][]): Record<string, string>[] {
  if (!first) return [{}]
  const [title, values] = first
  const rest = combinations(others)
  return values.flatMap((value) => rest.map((chosen) => ({ [title]: value, ...chosen })))
}

export function saleAmount(amount: number, percent: number): number {
  return Math.round(amount * (100 - percent)) / 100
}
