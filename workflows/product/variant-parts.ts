/** What belongs to new variants in other modules: prices, items in stock, and the links to them. */
import type { LinkChange, LinkChanges } from '../../framework/link/service.ts'
import type { New } from '../../framework/model/model.ts'
import { ALL, emitIds, newId } from '../../framework/workflow/index.ts'
import type { InventoryItem } from '../../modules/inventory/models.ts'
import { itemsOf, itemsOnlyOf, type LeftItems } from '../../modules/inventory/rules/left-items.ts'
import {
  newPriceSets,
  type PriceInput,
  type PriceSetRows,
  replacedPrices,
} from '../../modules/pricing/rules/new-prices.ts'
import type { ProductVariant } from '../../modules/product/models.ts'
import type { VariantInput } from '../../modules/product/rules/new-variants.ts'
import { type Noted, read } from '../steps.ts'

/** A variant as it is asked for, with what it has elsewhere. */
export interface NewVariant extends VariantInput {
  prices?: PriceInput[] | undefined
  /** Of which items in stock a shopper gets how many; one item of its own where it is left out and stock is managed. */
  inventory_items?: { inventory_item_id: string; required_quantity: number }[] | undefined
}

/** A variant in a list of all that a product is to have: new, or what changes about it. */
export type GivenVariant = Partial<NewVariant> & { id?: string | undefined }
export type KeptVariant = GivenVariant & { id: string }

type VariantRow = New<typeof ProductVariant>

/** What the product module knows of a variant. */
export function ownPart({ prices: _, inventory_items: __, ...own }: NewVariant): VariantInput {
  return own
}

/**
 * Notes price sets and items in stock for new variants, to be written together.
 *
 * @returns how all of it is linked: for the write that links whatever else there is.
 */
export function addVariantParts(write: Noted, rows: VariantRow[], given: NewVariant[]): Required<LinkChanges> {
  const priceSets = newPriceSets(
    given.map(({ prices = [] }) => prices),
    newId,
  )
  const ownItems = rows.map((row, i) => (needsItem(row, given[i]!) ? newItem(row) : undefined))
  const items = ownItems.filter((item) => item !== undefined)
  if (rows.length > 0) write.createPriceSets(priceSets)
  if (items.length > 0) write.createInventoryItems(emitIds('inventory-item.created', items))
  const inStock = rows.flatMap(({ id }, i) => {
    const own = ownItems[i]
    const all = own ? [{ inventory_item_id: own.id, required_quantity: 1 }] : (given[i]!.inventory_items ?? [])
    return all.map((one) => ({ variant_id: id, ...one }))
  })
  return {
    exist: {
      inventory_item: given.flatMap(({ inventory_items = [] }) => inventory_items.map((one) => one.inventory_item_id)),
    },
    changes: [priceSetLinks(rows, priceSets), { link: 'product_variant_inventory_item', add: inStock }],
  }
}

/** Each variant with the set at its place. */
function priceSetLinks(variants: { id: string }[], { price_sets }: PriceSetRows): LinkChange {
  const add = variants.map(({ id }, i) => ({ variant_id: id, price_set_id: price_sets[i]!.id }))
  return { link: 'product_variant_price_set', add }
}

function needsItem({ manage_inventory = true }: VariantRow, { inventory_items = [] }: NewVariant): boolean {
  return manage_inventory && inventory_items.length === 0
}

function newItem(row: VariantRow): New<typeof InventoryItem> {
  const { title, sku, origin_country, hs_code, mid_code, material, weight, length, height, width } = row
  const measures = { origin_country, hs_code, mid_code, material, weight, length, height, width }
  return { id: newId('iitem'), sku, title, description: title, ...measures, requires_shipping: true }
}

/** What a variant has elsewhere. */
export interface VariantParts extends VariantRow {
  price_set: { id: string } | null
  inventory_items: { inventory_item_id: string }[]
  /** An item in stock of its SKU that no variant has, such as its own from before its stock was no longer managed. */
  former_item?: string | undefined
}

/** What variants have elsewhere that is to change: their prices, or whether their stock is managed. */
export async function partsOf(given: KeptVariant[]): Promise<Map<string, VariantParts>> {
  const changed = given.filter(({ prices, manage_inventory }) => prices !== undefined || manage_inventory !== undefined)
  if (changed.length === 0) return new Map()
  const fields = ['*', 'price_set.id', 'inventory_items.inventory_item_id']
  const listing = { fields, filters: { id: changed.map(({ id }) => id) }, limit: ALL }
  const { rows } = await read.query<VariantParts>('product_variant', listing)
  const former = await formerItems(
    given.filter(({ manage_inventory }) => manage_inventory),
    rows,
  )
  return new Map(rows.map((row) => [row.id, { ...row, former_item: former.get(row.sku ?? '') }]))
}

/** The items that variants may have again, whose stock is managed from now on: SKU → id. */
async function formerItems(begun: { id: string }[], rows: VariantParts[]): Promise<Map<string, string>> {
  const without = rows.filter((row) => row.inventory_items.length === 0 && begun.some(({ id }) => id === row.id))
  const skus = without.flatMap(({ sku }) => sku ?? [])
  if (skus.length === 0) return new Map()
  const listing = { fields: ['id', 'sku', 'variant_link.variant_id'], filters: { sku: skus }, limit: ALL }
  const items = await read.query<{ id: string; sku: string; variant_link: unknown[] }>('inventory_item', listing)
  return new Map(items.rows.filter(({ variant_link }) => variant_link.length === 0).map(({ id, sku }) => [sku, id]))
}

/**
 * Notes the prices of variants that are there, and their items in stock where that begins or ends to be managed.
 *
 * @returns how all of it is linked.
 */
export function changeVariantParts(
  write: Noted,
  given: KeptVariant[],
  parts: ReadonlyMap<string, VariantParts>,
): Required<LinkChanges> {
  const former = [...parts.values()].flatMap(({ former_item }) => former_item ?? [])
  return {
    exist: { inventory_item: former },
    changes: [...replacePrices(write, given, parts), changeItems(write, given, parts)],
  }
}

/** One that has no price set yet gets one. */
function replacePrices(write: Noted, given: KeptVariant[], parts: ReadonlyMap<string, VariantParts>): LinkChange[] {
  const priced = given.filter(({ prices }) => prices !== undefined)
  const setOf = ({ id }: KeptVariant) => parts.get(id)?.price_set?.id
  const known = priced.flatMap((one) => {
    const price_set_id = setOf(one)
    return price_set_id ? [{ price_set_id, prices: one.prices! }] : []
  })
  if (known.length > 0) write.replacePrices(replacedPrices(known, newId))
  const without = priced.filter((one) => !setOf(one))
  if (without.length === 0) return []
  const added = newPriceSets(
    without.map(({ prices }) => prices!),
    newId,
  )
  write.createPriceSets(added)
  return [priceSetLinks(without, added)]
}

function changeItems(write: Noted, given: KeptVariant[], parts: ReadonlyMap<string, VariantParts>): LinkChange {
  const rows = given.map(({ id, manage_inventory }) => ({ id, manage_inventory, part: parts.get(id) }))
  const begun = rows.filter(
    ({ manage_inventory, part }) => manage_inventory === true && part?.inventory_items.length === 0,
  )
  const ended = rows.filter(({ manage_inventory }) => manage_inventory === false)
  const items = begun.map(({ part }) => (part!.former_item ? { id: part!.former_item } : newItem(part!)))
  const added = items.filter((item) => 'requires_shipping' in item)
  if (added.length > 0) write.createInventoryItems(emitIds('inventory-item.created', added))
  return {
    link: 'product_variant_inventory_item',
    add: begun.map(({ id }, i) => ({ variant_id: id, inventory_item_id: items[i]!.id })),
    remove: ended.flatMap(({ id, part }) =>
      (part?.inventory_items ?? []).map(({ inventory_item_id }) => ({ variant_id: id, inventory_item_id })),
    ),
  }
}

/** Whether there is anything to do. */
export function isSomething({ add = [], remove = [], only }: LinkChange): boolean {
  return add.length > 0 || remove.length > 0 || only !== undefined
}

/** What variants leave behind that are deleted. */
export interface LeftParts {
  variant_ids: string[]
  price_set_ids: string[]
  items: LeftItems
}

/** What variants leave behind that are to be deleted. */
export async function leftBy(ids: string[]): Promise<LeftParts> {
  if (ids.length === 0) return { variant_ids: [], price_set_ids: [], items: { all: [], alone: [] } }
  const items = { entity: 'inventory_item', fields: ['id'], limit: ALL }
  const found = await read.queries({
    all: { ...items, filters: itemsOf(ids) },
    alone: { ...items, filters: itemsOnlyOf(ids) },
    prices: {
      entity: 'product_variant_price_set',
      fields: ['price_set_id'],
      filters: { variant_id: ids },
      limit: ALL,
    },
  })
  const idsOf = (rows: Record<string, unknown>[], name = 'id') => rows.map((row) => row[name] as string)
  return {
    variant_ids: ids,
    price_set_ids: idsOf(found.prices, 'price_set_id'),
    items: { all: idsOf(found.all), alone: idsOf(found.alone) },
  }
}

/** Notes that what variants leave behind goes, too, after them; refused where an item is reserved. */
export function removeVariantParts(write: Noted, { variant_ids, price_set_ids, items }: LeftParts): void {
  if (variant_ids.length === 0) return
  emitIds('inventory-item.deleted', items.alone)
  write.deleteItemsOfVariants({ variant_ids, ...items })
  write.deleteLinksOf('product_variant', variant_ids)
  if (price_set_ids.length > 0) write.deletePriceSets(price_set_ids)
}
