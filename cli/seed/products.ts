/** Products of the demo shop with their stock, created in batches. */
import { createHash } from 'node:crypto'
import type { Admin } from './admin.ts'
import { productAt } from './catalogue.ts'
import type { Groups } from './groups.ts'
import { picturesOf } from './pictures.ts'
import { type DemoProduct, variantsOf } from './product.ts'

const BATCH = 50
/** Batches at once. */
const CLIENTS = 2

/** The ids that products refer to. */
export interface ProductReferences extends Groups {
  channel: string
  profile: string
  location: string
}

export interface SeededProduct {
  id: string
  handle: string
  variants: { id: string; sku: string }[]
}

/** @param report called after each batch with the number of products that exist, and that were created now. */
export async function seedProducts(
  admin: Admin,
  references: ProductReferences,
  count: number,
  report: (existing: number, created: number) => void,
): Promise<SeededProduct[]> {
  const batches = Array.from({ length: Math.ceil(count / BATCH) }, (_, i) => i * BATCH)
  const seeded: SeededProduct[][] = []
  let next = 0
  let existing = 0
  let created = 0
  const client = async () => {
    while (next < batches.length) {
      const batch = next++
      const indexes = Array.from({ length: Math.min(BATCH, count - batches[batch]!) }, (_, i) => batches[batch]! + i)
      const result = await seedBatch(admin, references, indexes.map(productAt))
      seeded[batch] = result.products
      existing += indexes.length
      created += result.created
      report(existing, created)
    }
  }
  await Promise.all(Array.from({ length: CLIENTS }, client))
  return seeded.flat()
}

async function seedBatch(admin: Admin, references: ProductReferences, wanted: DemoProduct[]) {
  const handles = wanted.map(({ handle }) => handle)
  const list = async () => new Map((await listProducts(admin, handles)).map((row) => [row.handle, row]))
  let existing = await list()
  const missing = wanted.filter(({ handle }) => !existing.has(handle))
  if (missing.length > 0) {
    const create = missing.map((product) => bodyOf(product, references))
    existing = await admin.create('/admin/products/batch?fields=id', { create }, async () => {
      const now = await list()
      return now.size === wanted.length ? now : undefined
    })
  }
  const rows = handles.map((handle) => existing.get(handle)!)
  await stock(admin, rows, references.location, list)
  const idsOf = ({ id, sku }: { id: string; sku: string }) => ({ id, sku })
  const products = rows.map(({ id, handle, variants }) => ({ id, handle, variants: variants.map(idsOf) }))
  return { products, created: missing.length }
}

interface ListedProduct extends SeededProduct {
  variants: {
    id: string
    sku: string
    inventory_items: { inventory_item_id: string; inventory: { location_levels: { location_id: string }[] } }[]
  }[]
}

async function listProducts(admin: Admin, handle: string[]): Promise<ListedProduct[]> {
  const items = 'variants.inventory_items'
  const fields = ['id', 'handle', 'variants.id', 'variants.sku', `${items}.inventory_item_id`]
  fields.push(`${items}.inventory.location_levels.location_id`)
  const { products } = await admin.get<{ products: ListedProduct[] }>('/admin/products', {
    handle,
    fields: fields.join(),
    limit: handle.length,
  })
  return products
}

function bodyOf(product: DemoProduct, { categories, collections, tags, types, channel, profile }: ProductReferences) {
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

/** Creates the inventory levels that are missing at the location. */
async function stock(
  admin: Admin,
  rows: ListedProduct[],
  location_id: string,
  list: () => Promise<Map<string, ListedProduct>>,
): Promise<void> {
  const levels = rows.flatMap((row) => missingLevels(row, location_id))
  if (levels.length === 0) return
  await admin.create('/admin/inventory-items/location-levels/batch?fields=id', { create: levels }, async () => {
    const now = [...(await list()).values()]
    return now.every((row) => missingLevels(row, location_id).length === 0) || undefined
  })
}

function missingLevels({ variants }: ListedProduct, location_id: string) {
  return variants.flatMap(({ sku, inventory_items }) =>
    inventory_items
      .filter(({ inventory }) => inventory.location_levels.every((level) => level.location_id !== location_id))
      .map(({ inventory_item_id }) => ({ inventory_item_id, location_id, stocked_quantity: stockOf(sku) })),
  )
}

/** A pseudo-random quantity that is the same in every run: 0 to 119, one in twelve sold out. */
export function stockOf(sku: string): number {
  const hash = createHash('sha256').update(sku).digest().readUInt16BE()
  return hash % 12 === 0 ? 0 : hash % 120
}
