/** The rows of variants in other modules: price sets, inventory items, and the links to them. */
import { idsOf } from '../../framework/ids-of.ts'
import { link } from '../../framework/link/module.ts'
import type { LinkChange } from '../../framework/link/service.ts'
import type { New } from '../../framework/model/model.ts'
import type { ServicesOf } from '../../framework/model/module.ts'
import type { MakeId } from '../../framework/workflow/ulid.ts'
import { inventory } from '../../modules/inventory/index.ts'
import type { InventoryItem } from '../../modules/inventory/models.ts'
import { pricing } from '../../modules/pricing/index.ts'
import {
  newPriceSets,
  type PriceRows,
  type PriceSetRows,
  replacedPrices,
} from '../../modules/pricing/rules/new-prices.ts'
import { product } from '../../modules/product/index.ts'
import type { ProductVariant } from '../../modules/product/models.ts'
import type { OrphanedParts, VariantParts } from './variant-facts.ts'
import type { VariantUpdate, VariantUpsert } from './variants.ts'

/** The modules of products with their prices and inventory. */
export const catalogue = { product, pricing, inventory, link }

type VariantRow = New<typeof ProductVariant>

/** The writes in the other modules. */
export interface VariantPartRows {
  deleted: OrphanedParts
  priceSets: PriceSetRows
  replacedPrices: PriceRows & { price_set_ids: string[] }
  items: New<typeof InventoryItem>[]
  links: LinkChange[]
}

/** @param rows the new variants; `inputs` are their inputs in the same order. */
export function variantPartRows(
  {
    rows,
    inputs,
    updated = [],
  }: { rows: VariantRow[]; inputs: readonly VariantUpsert[]; updated?: readonly VariantUpdate[] },
  { parts, deleted }: { parts: ReadonlyMap<string, VariantParts>; deleted: OrphanedParts },
  newId: MakeId,
): VariantPartRows {
  const priced = updated.filter(({ prices }) => prices !== undefined)
  const setOf = ({ id }: VariantUpdate) => parts.get(id)?.price_set?.id
  const withoutSet = [...rows, ...priced.filter((one) => !setOf(one))]
  const prices = [...inputs, ...priced.filter((one) => !setOf(one))].map((one) => one.prices ?? [])
  const priceSets = newPriceSets(prices, newId)
  const replaced = priced.flatMap((one) => {
    const price_set_id = setOf(one)
    return price_set_id ? [{ price_set_id, prices: one.prices! }] : []
  })
  const stock = [newStock(rows, inputs, newId), changedStock(updated, parts, newId)]
  return {
    deleted,
    priceSets,
    replacedPrices: replacedPrices(replaced, newId),
    items: stock.flatMap(({ items }) => items),
    links: [priceSetLinks(withoutSet, priceSets), ...stock.map((one) => one.link)],
  }
}

/** Links each variant to the price set with the same index. */
function priceSetLinks(variants: readonly { id: string }[], { price_sets }: PriceSetRows): LinkChange {
  const add = variants.map(({ id }, i) => ({ variant_id: id, price_set_id: price_sets[i]!.id }))
  return { link: 'product_variant_price_set', add }
}

interface StockRows {
  items: New<typeof InventoryItem>[]
  link: LinkChange
}

function newStock(rows: readonly VariantRow[], inputs: readonly VariantUpsert[], newId: MakeId): StockRows {
  const items: New<typeof InventoryItem>[] = []
  const add = rows.flatMap((row, i) => {
    const { inventory_items = [] } = inputs[i]!
    if ((row.manage_inventory ?? true) && inventory_items.length === 0) {
      const item = newItem(row, newId)
      items.push(item)
      return [{ variant_id: row.id, inventory_item_id: item.id, required_quantity: 1 }]
    }
    return inventory_items.map((one) => ({ variant_id: row.id, ...one }))
  })
  return { items, link: { link: 'product_variant_inventory_item', add } }
}

/** Changes of variants whose `manage_inventory` changes. */
function changedStock(
  updated: readonly VariantUpdate[],
  parts: ReadonlyMap<string, VariantParts>,
  newId: MakeId,
): StockRows {
  const items: New<typeof InventoryItem>[] = []
  const add: { variant_id: string; inventory_item_id: string }[] = []
  const remove: { variant_id: string; inventory_item_id: string }[] = []
  for (const { id, manage_inventory } of updated) {
    const part = parts.get(id)
    if (!part || manage_inventory === undefined) continue
    const linked = part.inventory_items.map(({ inventory_item_id }) => ({ variant_id: id, inventory_item_id }))
    if (!manage_inventory) remove.push(...linked)
    else if (linked.length === 0) {
      const item = part.formerItem ? { id: part.formerItem } : newItem(part, newId)
      if ('sku' in item) items.push(item)
      add.push({ variant_id: id, inventory_item_id: item.id })
    }
  }
  return { items, link: { link: 'product_variant_inventory_item', add, remove } }
}

function newItem(row: Omit<VariantRow, 'product_id'>, newId: MakeId): New<typeof InventoryItem> {
  const { title, sku, origin_country, hs_code, mid_code, material, weight, length, height, width } = row
  const measures = { origin_country, hs_code, mid_code, material, weight, length, height, width }
  return { id: newId('iitem'), sku, title, description: title, ...measures, requires_shipping: true }
}

/** Must run after the variants are written. Deletes first, so that new items can have the SKUs of deleted ones. */
export async function writeVariantParts(
  { pricing, inventory, link }: ServicesOf<typeof catalogue>,
  { deleted, priceSets, replacedPrices, items, links }: VariantPartRows,
): Promise<void> {
  await deleteVariantParts({ pricing, inventory }, deleted)
  if (replacedPrices.price_set_ids.length > 0) await pricing.replacePrices(replacedPrices)
  if (priceSets.price_sets.length > 0) await pricing.createPriceSets(priceSets)
  if (items.length > 0) await inventory.createInventoryItems(items)
  await link.changeLinks(links)
}

/** Deletes the price sets and inventory items of deleted variants. */
export async function deleteVariantParts(
  { pricing, inventory }: Pick<ServicesOf<typeof catalogue>, 'pricing' | 'inventory'>,
  { price_sets, inventory_items }: OrphanedParts,
): Promise<void> {
  if (inventory_items.length > 0) await inventory.deleteInventoryItems(inventory_items)
  if (price_sets.length > 0) await pricing.deletePriceSets(price_sets)
}

/** The events of inventory items. */
export function itemEvents({ deleted, items }: VariantPartRows) {
  return { 'inventory-item.deleted': deleted.inventory_items, 'inventory-item.created': idsOf(items) }
}
