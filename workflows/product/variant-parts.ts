/** What belongs to new variants in other modules: prices, items in stock, and the links to them. */
import type { LinkChange, LinkChanges } from '../../framework/link/service.ts'
import type { New } from '../../framework/model/model.ts'
import { newId } from '../../framework/workflow/index.ts'
import type { InventoryItem } from '../../modules/inventory/models.ts'
import { newPriceSets, newPrices, type PriceInput } from '../../modules/pricing/rules/new-prices.ts'
import type { ProductVariant } from '../../modules/product/models.ts'
import type { VariantInput } from '../../modules/product/rules/new-variants.ts'
import { read, write } from '../steps.ts'

const MAX_ITEMS = 10_000

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
 * Adds price sets and items in stock for new variants: two steps at most, however many they are.
 *
 * @returns how all of it is linked: for the step that links whatever else there is.
 */
export async function addVariantParts(rows: VariantRow[], given: NewVariant[]): Promise<Required<LinkChanges>> {
  const priceSets = newPriceSets(
    given.map(({ prices = [] }) => prices),
    newId,
  )
  const ownItems = rows.map((row, i) => (needsItem(row, given[i]!) ? newItem(row) : undefined))
  const items = ownItems.filter((item) => item !== undefined)
  if (rows.length > 0) await write.createPriceSets(priceSets)
  if (items.length > 0) await write.createInventoryItems(items)
  const inStock = rows.flatMap(({ id }, i) => {
    const own = ownItems[i]
    const all = own ? [{ inventory_item_id: own.id, required_quantity: 1 }] : (given[i]!.inventory_items ?? [])
    return all.map((one) => ({ id: newId('pvitem'), variant_id: id, ...one }))
  })
  const price_sets = rows.map(({ id }, i) => {
    return { id: newId('pvps'), variant_id: id, price_set_id: priceSets.price_sets[i]!.id }
  })
  return {
    exist: {
      inventory_item: given.flatMap(({ inventory_items = [] }) => inventory_items.map((one) => one.inventory_item_id)),
    },
    changes: [
      { link: 'product_variant_price_set', add: price_sets },
      { link: 'product_variant_inventory_item', add: inStock },
    ],
  }
}

function needsItem({ manage_inventory = true }: VariantRow, { inventory_items = [] }: NewVariant): boolean {
  return manage_inventory && inventory_items.length === 0
}

function newItem(row: VariantRow): New<typeof InventoryItem> {
  const { title, sku, origin_country, hs_code, mid_code, material, weight, length, height, width } = row
  const measures = { origin_country, hs_code, mid_code, material, weight, length, height, width }
  return { id: newId('iitem'), sku, title, description: title, ...measures, requires_shipping: true }
}

interface Parts extends VariantRow {
  price_set: { id: string } | null
  inventory_items: { inventory_item_id: string }[]
}

/**
 * The prices of variants that are there, and their items in stock where that begins or ends to be managed: four steps at most.
 *
 * @returns how all of it is linked.
 */
export async function changeVariantParts(given: KeptVariant[]): Promise<LinkChange[]> {
  const changed = given.filter(({ prices, manage_inventory }) => prices !== undefined || manage_inventory !== undefined)
  if (changed.length === 0) return []
  const parts = await partsOf(changed.map(({ id }) => id))
  return [...(await replacePrices(changed, parts)), ...(await changeItems(changed, parts))]
}

async function partsOf(ids: string[]): Promise<Map<string, Parts>> {
  const fields = ['*', 'price_set.id', 'inventory_items.inventory_item_id']
  const { rows } = await read.query<Parts>('product_variant', { fields, filters: { id: ids }, limit: ids.length })
  return new Map(rows.map((row) => [row.id, row]))
}

/** One that has no price set yet gets one. */
async function replacePrices(given: KeptVariant[], parts: Map<string, Parts>): Promise<LinkChange[]> {
  const priced = given.filter(({ prices }) => prices !== undefined)
  const setOf = ({ id }: KeptVariant) => parts.get(id)?.price_set?.id
  const known = priced.filter(setOf)
  const rows = known.map((one) => newPrices(one.prices!, { price_set_id: setOf(one)! }, newId))
  if (known.length > 0) {
    await write.replacePrices({
      price_set_ids: known.map((one) => setOf(one)!),
      prices: rows.flatMap(({ prices }) => prices),
      price_rules: rows.flatMap(({ price_rules }) => price_rules),
    })
  }
  const without = priced.filter((one) => !setOf(one))
  if (without.length === 0) return []
  const added = newPriceSets(
    without.map(({ prices }) => prices!),
    newId,
  )
  await write.createPriceSets(added)
  const add = without.map(({ id }, i) => ({ id: newId('pvps'), variant_id: id, price_set_id: added.price_sets[i]!.id }))
  return [{ link: 'product_variant_price_set', add }]
}

async function changeItems(given: KeptVariant[], parts: Map<string, Parts>): Promise<LinkChange[]> {
  const rows = given.flatMap(({ id, manage_inventory }) => ({ id, manage_inventory, part: parts.get(id) }))
  const begun = rows.filter(
    ({ manage_inventory, part }) => manage_inventory === true && part?.inventory_items.length === 0,
  )
  const ended = rows.filter(({ manage_inventory }) => manage_inventory === false)
  const items = begun.map(({ part }) => newItem(part!))
  if (items.length > 0) await write.createInventoryItems(items)
  return [
    {
      link: 'product_variant_inventory_item',
      add: begun.map(({ id }, i) => ({ id: newId('pvitem'), variant_id: id, inventory_item_id: items[i]!.id })),
      remove: ended.flatMap(({ id, part }) =>
        (part?.inventory_items ?? []).map(({ inventory_item_id }) => ({ variant_id: id, inventory_item_id })),
      ),
    },
  ]
}

/** Whether there is anything to do. */
export function isSomething({ add = [], remove = [], only }: LinkChange): boolean {
  return add.length > 0 || remove.length > 0 || only !== undefined
}

interface ItemLink {
  inventory_item_id: string
  inventory: { variant_link: { variant_id: string }[] }
}

/** What deleted variants leave behind: price sets, links, and items in stock that no other variant has. Four steps at most. */
export async function removeVariantParts(ids: string[]): Promise<void> {
  if (ids.length === 0) return
  const fields = ['inventory_item_id', 'inventory.variant_link.variant_id']
  const listing = { fields, filters: { variant_id: ids }, limit: MAX_ITEMS }
  const { rows } = await read.query<ItemLink>('product_variant_inventory_item', listing)
  const gone = new Set(ids)
  const alone = rows.filter(({ inventory }) => inventory.variant_link.every(({ variant_id }) => gone.has(variant_id)))
  if (alone.length > 0) await write.deleteInventoryItems([...new Set(alone.map((item) => item.inventory_item_id))])
  const { price_set = [] } = await write.deleteLinksOf('product_variant', ids)
  if (price_set.length > 0) await write.deletePriceSets(price_set)
}
