/** The parts of variants in other modules, read and locked within a step. */
import { lockMatching } from '../../framework/activities/facts.ts'
import { idsOf } from '../../framework/ids-of.ts'
import type { Query } from '../../framework/query.ts'
import type { ShapeOf } from '../../framework/shape.ts'
import { shape } from '../../query/shape.ts'
import type { KeptVariant } from './variants.ts'

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
export async function variantParts(query: Query, kept: readonly KeptVariant[]): Promise<Map<string, VariantParts>> {
  const changed = kept.filter(({ prices, manage_inventory }) => prices !== undefined || manage_inventory !== undefined)
  const rows = await query.find(VariantWithParts, { id: idsOf(changed) })
  const begun = new Set(idsOf(kept.filter(({ manage_inventory }) => manage_inventory)))
  const former = await formerItems(
    query,
    rows.filter(({ id, inventory_items }) => begun.has(id) && inventory_items.length === 0),
  )
  return new Map(rows.map((row) => [row.id, { ...row, formerItem: former.get(row.sku) }]))
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
export interface LeftBehind {
  price_sets: string[]
  /** Items that no other variant has. */
  inventory_items: string[]
}

export const NOTHING_LEFT: LeftBehind = { price_sets: [], inventory_items: [] }

const PriceSetLink = shape('product_variant_price_set', { price_set_id: true })

/** The variants must be locked, so that nothing more is linked to them. */
export async function leftBehind(query: Query, variantIds: string[]): Promise<LeftBehind> {
  const ofVariants = { variant_link: { variant_id: variantIds } }
  await lockMatching(query, StockItem, ofVariants)
  const links = await query.find(PriceSetLink, { variant_id: variantIds })
  const ofOthers = { variant_link: { variant_id: { $nin: variantIds } } }
  return {
    price_sets: links.map(({ price_set_id }) => price_set_id),
    inventory_items: idsOf(await query.find(StockItem, { ...ofVariants, $not: ofOthers })),
  }
}
