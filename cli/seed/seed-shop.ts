/** Creates a demo shop, or completes one. */
import type { Progress } from '../progress.ts'
import { Admin, type Send } from './admin.ts'
import { promotion } from './data/places.ts'
import { type Groups, seedGroups } from './groups.ts'
import { seedPromotion, seedSale } from './offers.ts'
import { type ProductReferences, type SeededProduct, seedProducts } from './products.ts'
import { retrieveStore, seedKey, seedRegions, seedSalesChannel, seedStore } from './setting.ts'
import { seedShipping } from './shipping.ts'

export interface SeedOptions {
  send: Send
  /** The bearer token of a user. */
  token: string
  products: number
  progress: Progress
}

export interface SeededShop {
  store_id: string
  publishable_key: string
  sales_channel_id: string
  /** By currency. */
  regions: Record<string, string>
  stock_location_id: string
  shipping_profile_id: string
  shipping_option_ids: string[]
  categories: Groups['categories']
  collections: Groups['collections']
  tags: Groups['tags']
  types: Groups['types']
  price_list_id: string
  promotion_id: string
  promotion_code: string
  products: SeededProduct[]
  /** The number of changes that were needed. */
  changes: number
}

/** Safe to repeat: looks for everything first. Idempotency keys prevent duplicates if two run at once. */
export async function seedShop({ send, token, products: count, progress }: SeedOptions): Promise<SeededShop> {
  const admin = new Admin(send, token)
  const store = await retrieveStore(admin)
  const regions = await progress.step(
    'Regions',
    () => seedRegions(admin),
    (seeded) => `${seeded.map(({ name, currency_code }) => `${name} (${currency_code})`).join(', ')}, with their taxes`,
  )
  const channel = await seedSalesChannel(admin, store)
  const publishable_key = await seedKey(admin, channel)
  const shipping = await progress.step(
    'Shipping',
    () => seedShipping(admin, channel),
    ({ options }) => `a warehouse, ${options.length} shipping options`,
  )
  await seedStore(admin, store, { channel, region: regions[0]!.id, location: shipping.location })
  const groups = await progress.step('Catalogue', () => seedGroups(admin), countsOf)
  const references = { ...groups, ...shipping, channel }
  const products = await seedAll(admin, references, count, progress)
  const [price_list_id, promotion_id] = await progress.step(
    'Offers',
    async () => [await seedSale(admin, products), await seedPromotion(admin)] as const,
    () => `a sale, and ${promotion.percent} % off with ${promotion.code}`,
  )
  return {
    store_id: store.id,
    publishable_key,
    sales_channel_id: channel,
    regions: Object.fromEntries(regions.map(({ id, currency_code }) => [currency_code, id])),
    stock_location_id: shipping.location,
    shipping_profile_id: shipping.profile,
    shipping_option_ids: shipping.options,
    ...groups,
    price_list_id,
    promotion_id,
    promotion_code: promotion.code,
    products,
    changes: admin.changes,
  }
}

function seedAll(
  admin: Admin,
  references: ProductReferences,
  count: number,
  progress: Progress,
): Promise<SeededProduct[]> {
  const started = Date.now()
  let rate = ''
  const seed = (update: (text: string) => void) =>
    seedProducts(admin, references, count, (existing, created) => {
      rate = created > 0 ? `, ${number(Math.round((created * 1000) / (Date.now() - started)))} created per s` : ''
      update(`${number(existing)} of ${number(count)}${rate}`)
    })
  const summary = (seeded: SeededProduct[]) =>
    `${number(count)} with ${number(variantsIn(seeded))} variants, prices and stock${rate}`
  return progress.step('Products', seed, summary)
}

const number = (value: number) => value.toLocaleString('en')

const variantsIn = (products: SeededProduct[]) => products.reduce((sum, { variants }) => sum + variants.length, 0)

function countsOf({ categories, collections, tags, types }: Groups): string {
  const counts = Object.entries({ categories, collections, tags, types })
  return counts.map(([name, ids]) => `${Object.keys(ids).length} ${name}`).join(', ')
}
