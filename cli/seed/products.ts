/** The products of the demo shop, in batches, and how many of each there are. */
import { createHash } from 'node:crypto'
import type { Admin } from './admin.ts'
import { productAt } from './catalogue.ts'
import type { Groups } from './groups.ts'
import { picturesOf } from './pictures.ts'
import { type DemoProduct, variantsOf } from './product.ts'

const BATCH = 50
/** Batches under way at once. */
const CLIENTS = 2

/** Where products are put. */
export interface Shelves extends Groups {
  channel: string
  profile: string
  location: string
}

export interface SeededProduct {
  id: string
  handle: string
  variants: { id: string; sku: string }[]
}

/** @param report is told how many are there, and how many of these were made now, whenever there are more. */
export async function seedProducts(
  admin: Admin,
  shelves: Shelves,
  count: number,
  report: (there: number, made: number) => void,
): Promise<SeededProduct[]> {
  const batches = Array.from({ length: Math.ceil(count / BATCH) }, (_, i) => i * BATCH)
  const seeded: SeededProduct[][] = []
  let next = 0
  let there = 0
  let made = 0
  const client = async () => {
    while (next < batches.length) {
      const batch = next++
      const places = Array.from({ length: Math.min(BATCH, count - batches[batch]!) }, (_, i) => batches[batch]! + i)
      const done = await seedBatch(admin, shelves, places.map(productAt))
      seeded[batch] = done.products
      there += places.length
      made += done.made
      report(there, made)
    }
  }
  await Promise.all(Array.from({ length: CLIENTS }, client))
  return seeded.flat()
}

async function seedBatch(admin: Admin, shelves: Shelves, wanted: DemoProduct[]) {
  const handles = wanted.map(({ handle }) => handle)
  const list = async () => new Map((await listProducts(admin, handles)).map((row) => [row.handle, row]))
  let there = await list()
  const missing = wanted.filter(({ handle }) => !there.has(handle))
  if (missing.length > 0) {
    const create = missing.map((product) => bodyOf(product, shelves))
    there = await admin.create('/admin/products/batch?fields=id', { create }, async () => {
      const now = await list()
      return now.size === wanted.length ? now : undefined
    })
  }
  const rows = handles.map((handle) => there.get(handle)!)
  await stock(admin, rows, shelves.location, list)
  const idsOf = ({ id, sku }: { id: string; sku: string }) => ({ id, sku })
  const products = rows.map(({ id, handle, variants }) => ({ id, handle, variants: variants.map(idsOf) }))
  return { products, made: missing.length }
}

interface Listed extends SeededProduct {
  variants: {
    id: string
    sku: string
    inventory_items: { inventory_item_id: string; inventory: { location_levels: { location_id: string }[] } }[]
  }[]
}

async function listProducts(admin: Admin, handle: string[]): Promise<Listed[]> {
  const items = 'variants.inventory_items'
  const fields = ['id', 'handle', 'variants.id', 'variants.sku', `${items}.inventory_item_id`]
  fields.push(`${items}.inventory.location_levels.location_id`)
  const { products } = await admin.get<{ products: Listed[] }>('/admin/products', {
    handle,
    fields: fields.join(),
    limit: handle.length,
  })
  return products
}

function bodyOf(product: DemoProduct, { categories, collections, tags, types, channel, profile }: Shelves) {
  const { handle, title, subtitle, description, material, weight, options, status = 'published' } = product
  const pictures = picturesOf(product)
  return {
    ...{ handle, title, subtitle, description, material, weight, status },
    type_id: types[product.type],
    ...(product.collection && { collection_id: collections[product.collection] }),
    categories: [{ id: categories[product.category] }],
    tags: product.tags.map((tag) => ({ id: tags[tag] })),
    sales_channels: [{ id: channel }],
    shipping_profile_id: profile,
    thumbnail: pictures[0],
    images: pictures.map((url) => ({ url })),
    options: Object.entries(options).map(([name, values]) => ({ title: name, values })),
    variants: variantsOf(product).map(({ price, ...variant }) => ({
      ...variant,
      prices: Object.entries(price).map(([currency_code, amount]) => ({ currency_code, amount })),
    })),
  }
}

/** Stocks what is not stocked at the location yet. */
async function stock(
  admin: Admin,
  rows: Listed[],
  location_id: string,
  list: () => Promise<Map<string, Listed>>,
): Promise<void> {
  const levels = rows.flatMap((row) => lackingIn(row, location_id))
  if (levels.length === 0) return
  await admin.create('/admin/inventory-items/location-levels/batch?fields=id', { create: levels }, async () => {
    const now = [...(await list()).values()]
    return now.every((row) => lackingIn(row, location_id).length === 0) || undefined
  })
}

function lackingIn({ variants }: Listed, location_id: string) {
  return variants.flatMap(({ sku, inventory_items }) =>
    inventory_items
      .filter(({ inventory }) => inventory.location_levels.every((level) => level.location_id !== location_id))
      .map(({ inventory_item_id }) => ({ inventory_item_id, location_id, stocked_quantity: stockOf(sku) })),
  )
}

/** Looks like chance and is the same in every run: 0 to 119, and one in twelve sold out. */
export function stockOf(sku: string): number {
  const chance = createHash('sha256').update(sku).digest().readUInt16BE()
  return chance % 12 === 0 ? 0 : chance % 120
}
