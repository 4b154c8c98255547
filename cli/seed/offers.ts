/** The sale and the promotion code of the demo shop. */
import { type Admin, ensure, find } from './admin.ts'
import { productAt } from './catalogue.ts'
import { promotion as demoPromotion, sale as demoSale } from './data/places.ts'
import { type DemoProduct, saleAmount, variantsOf } from './product.ts'
import type { SeededProduct } from './products.ts'

interface Row {
  id: string
}

/** @param products in the order of the catalogue. @returns the id of the price list. */
export async function seedSale(admin: Admin, products: SeededProduct[]): Promise<string> {
  const path = '/admin/price-lists'
  const { title, description } = demoSale
  const { id } = await ensure(
    admin,
    () => find<Row & { title: string }>(admin, [path, 'price_lists'], { q: title }, (list) => list.title === title),
    path,
    () => ({ title, description, type: 'sale', status: 'active' }),
  )
  const wanted = products.flatMap((seeded, i) => pricesOf(seeded, productAt(i)))
  const missing = async () => {
    const existing = await pricesIn(admin, `${path}/${id}/prices`)
    return wanted.filter((price) => !existing.has(keyOf(price)))
  }
  const create = await missing()
  if (create.length > 0) {
    const isComplete = async () => (await missing()).length === 0 || undefined
    await admin.create(`${path}/${id}/prices/batch`, { create }, isComplete)
  }
  return id
}

interface SalePrice {
  variant_id: string
  currency_code: string
}

const keyOf = ({ variant_id, currency_code }: SalePrice) => `${variant_id} ${currency_code}`

async function pricesIn(admin: Admin, path: string): Promise<Set<string>> {
  const { prices } = await admin.get<{ prices: SalePrice[] }>(path, { limit: 1000, fields: 'variant_id,currency_code' })
  return new Set(prices.map(keyOf))
}

function pricesOf({ variants }: SeededProduct, product: DemoProduct) {
  const { sale } = product
  if (sale === undefined) return []
  const skus = new Map(variants.map(({ sku, id }) => [sku, id]))
  return variantsOf(product).flatMap(({ sku, price }) => {
    const variant_id = skus.get(sku)
    if (variant_id === undefined) return [] // the variant has been changed since
    return Object.entries(price).map(([currency_code, amount]) => {
      return { variant_id, currency_code, amount: saleAmount(amount, sale) }
    })
  })
}

export async function seedPromotion(admin: Admin): Promise<string> {
  const path = '/admin/promotions'
  const { code, percent } = demoPromotion
  const found = () => find<Row>(admin, [path, 'promotions'], { code, fields: 'id' })
  const { id } = await ensure(admin, found, path, () => ({
    code,
    type: 'standard',
    status: 'active',
    is_automatic: false,
    application_method: { type: 'percentage', target_type: 'items', allocation: 'across', value: percent },
  }))
  return id
}
