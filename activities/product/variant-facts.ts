/** What variants have in other modules, as it is, read and locked within a step. */
import { rowsById } from '../../framework/activities/facts.ts'
import { idsOf } from '../../framework/ids-of.ts'
import type { New } from '../../framework/model/model.ts'
import type { Filters, Query } from '../../framework/query.ts'
import type { ProductVariant } from '../../modules/product/models.ts'
import { shape } from '../../query/shape.ts'
import type { KeptVariant } from './variants.ts'

/** A variant, and what it has elsewhere. */
export interface VariantParts extends New<typeof ProductVariant> {
  price_set: { id: string } | null
  inventory_items: { inventory_item_id: string }[]
  /** An item of its SKU that no variant has, such as its own from before its stock was no longer managed. */
  formerItem?: string | undefined
}

/** Only of variants whose prices change, or whether their stock is managed. */
export async function variantParts(query: Query, kept: readonly KeptVariant[]): Promise<Map<string, VariantParts>> {
  const changed = kept.filter(({ prices, manage_inventory }) => prices !== undefined || manage_inventory !== undefined)
  const fields = ['*', 'price_set.id', 'inventory_items.inventory_item_id']
  const rows = await rowsById<VariantParts>(query, 'product_variant', idsOf(changed), fields)
  const begun = new Set(idsOf(kept.filter(({ manage_inventory }) => manage_inventory)))
  const former = await formerItems(
    query,
    rows.filter(({ id, inventory_items }) => begun.has(id) && inventory_items.length === 0),
  )
  return new Map(rows.map((row) => [row.id, { ...row, formerItem: former.get(row.sku ?? '') }]))
}

interface StockItem {
  id: string
  sku: string
  variant_link: unknown[]
}

/** SKU → id of the item. */
async function formerItems(query: Query, variants: VariantParts[]): Promise<Map<string, string>> {
  const skus = variants.map(({ sku }) => sku)
  const fields = ['id', 'sku', 'variant_link.variant_id']
  const bySku = () => rowsById<StockItem>(query, 'inventory_item', skus, fields, (sku) => ({ sku }))
  await query.lock({ inventory_item: idsOf(await bySku()) })
  const free = (await bySku()).filter(({ variant_link }) => variant_link.length === 0)
  return new Map(free.map(({ id, sku }) => [sku, id]))
}

/** What variants leave behind when they are deleted. */
export interface LeftBehind {
  price_sets: string[]
  /** Only items that no other variant has. */
  inventory_items: string[]
}

export const NOTHING_LEFT: LeftBehind = { price_sets: [], inventory_items: [] }

const InventoryItemId = shape('inventory_item', { id: true })

/** The variants have to be locked, so that nothing more is linked to them. */
export async function leftBehind(query: Query, variantIds: string[]): Promise<LeftBehind> {
  if (variantIds.length === 0) return NOTHING_LEFT
  const items = async (filters: Filters) => idsOf(await query.find(InventoryItemId, filters))
  const ofVariants = { variant_link: { variant_id: variantIds } }
  await query.lock({ inventory_item: await items(ofVariants) })
  const links = await rowsById<{ price_set_id: string }>(
    query,
    'product_variant_price_set',
    variantIds,
    ['price_set_id'],
    (variant_id) => ({ variant_id }),
  )
  return {
    price_sets: links.map(({ price_set_id }) => price_set_id),
    inventory_items: await items({
      ...ofVariants,
      $not: { variant_link: { variant_id: { $nin: variantIds } } },
    }),
  }
}
