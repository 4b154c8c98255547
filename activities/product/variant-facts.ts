/** The parts of variants in other modules, read and locked within a step. */
import { lockMatching } from '../../framework/activities/facts.ts'
import { idsOf } from '../../framework/ids-of.ts'
import type { Query } from '../../framework/query.ts'
import type { ShapeOf } from '../../framework/shape.ts'
import { shape } from '../../query/shape.ts'
import type { VariantUpdate } from './variants.ts'

const VariantWithParts = shape('product_variant', {
  '*': true,
  price_set: { id: true },
  inventory_items: [{ inventory_item_id: true }],
})
type VariantWithParts = ShapeOf<typeof VariantWithParts>

/** A variant with its parts in other modules. */
export interface VariantParts extends VariantWithParts {
  /** An item with the SKU of the variant that is linked to no variant, such as its own from when its stock was managed before. */
  formerItem?: string | undefined
}

/** The parts of variants whose prices or `manage_inventory` change. */
export async function variantParts(
  query: Query,
  updates: readonly VariantUpdate[],
): Promise<Map<string, VariantParts>> {
  const changed = updates.filter(
    ({ prices, manage_inventory }) => prices !== undefined || manage_inventory !== undefined,
  )
  const rows = await query.find(VariantWithParts, { id: idsOf(changed) })
  const nowManaged = new Set(idsOf(updates.filter(({ manage_inventory }) => manage_inventory)))
  const formerBySku = await formerItems(
    query,
    rows.filter(({ id, inventory_items }) => nowManaged.has(id) && inventory_items.length === 0),
  )
  return new Map(rows.map((row) => [row.id, { ...row, formerItem: formerBySku.get(row.sku) }]))
}

const StockItem = shape('inventory_item', { id: true, sku: true })

/** SKU → item id. */
async function formerItems(query: Query, variants: VariantWithParts[]): Promise<Map<string | null, string>> {
  const sku = variants.flatMap((one) => one.sku ?? [])
  const id = await lockMatching(query, StockItem, { sku })
  const free = await query.find(StockItem, { id, sku, variant_link: null })
  return new Map(free.map((item) => [item.sku, item.id]))
}

/** The rows that are deleted with variants. */
export interface OrphanedParts {
  price_sets: string[]
  /** Items that no other variant has. */
  inventory_items: string[]
}

export const NO_ORPHANS: OrphanedParts = { price_sets: [], inventory_items: [] }

const PriceSetLink = shape('product_variant_price_set', { price_set_id: true })

/** The variants must be locked, so that nothing more is linked to them. */
export async function orphanedParts(query: Query, variantIds: string[]): Promise<OrphanedParts> {
  const ofVariants = { variant_link: { variant_id: variantIds } }
  await lockMatching(query, StockItem, ofVariants)
  const links = await query.find(PriceSetLink, { variant_id: variantIds })
  const ofOthers = { variant_link: { variant_id: { $nin: variantIds } } }
  return {
    price_sets: links.map(({ price_set_id }) => price_set_id),
    inventory_items: idsOf(await query.find(StockItem, { ...ofVariants, $not: ofOthers })),
  }
}
