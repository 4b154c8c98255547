/** What is said of a product of the demo shop. */

export type Currency = 'eur' | 'usd'
export type Amounts = Record<Currency, number>

export interface DemoProduct {
  handle: string
  title: string
  subtitle: string
  description: string
  /** Its product type, which is also how it is drawn. */
  type: DemoType
  /** The handle of its category. */
  category: string
  /** The handle of its collection. */
  collection?: string
  tags: string[]
  /** Title → values; a variant for each combination. */
  options: Record<string, string[]>
  price: Amounts
  /** By how much a variant with this value costs more, in each currency. */
  extra?: Record<string, number>
  /** By how many per cent it is cheaper in the sale. */
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

/** One for each combination of the options' values. */
export function variantsOf({ handle, options, price, extra = {} }: DemoProduct): DemoVariant[] {
  return combinations(Object.entries(options)).map((chosen) => {
    const values = Object.values(chosen)
    const more = values.reduce((sum, value) => sum + (extra[value] ?? 0), 0)
    return {
      title: values.join(' / '),
      sku: [handle, ...values]
        .join('-')
        .toUpperCase()
        .replace(/[^A-Z0-9]+/g, '-'),
      options: chosen,
      price: { eur: price.eur + more, usd: price.usd + more },
    }
  })
}

function combinations([first, ...others]: [string, string[]][]): Record<string, string>[] {
  if (!first) return [{}]
  const [title, values] = first
  const rest = combinations(others)
  return values.flatMap((value) => rest.map((chosen) => ({ [title]: value, ...chosen })))
}

/** What it costs in the sale. */
export function saleAmount(amount: number, percent: number): number {
  return Math.round(amount * (100 - percent)) / 100
}
