/** The inputs of variants, including their parts in other modules. */
import type { PriceInput } from '../../modules/pricing/rules/new-prices.ts'
import type { VariantInput } from '../../modules/product/rules/new-variants.ts'

export interface NewVariant extends VariantInput {
  prices?: PriceInput[] | undefined
  /** The inventory items needed for one of the variant. default: one of a new item, if `manage_inventory` */
  inventory_items?: { inventory_item_id: string; required_quantity: number }[] | undefined
}

/** A variant in a list that replaces those of a product: a new one, or changes of an existing one. */
export type VariantUpsert = Partial<NewVariant> & { id?: string | undefined }
export type VariantUpdate = VariantUpsert & { id: string }

export const isNew = (variant: VariantUpsert): boolean => variant.id === undefined
export const isUpdate = (variant: VariantUpsert): variant is VariantUpdate => variant.id !== undefined

/** The fields of a variant that the product module stores. */
export function variantFields<V extends VariantUpsert>({ prices: _, inventory_items: __, ...own }: V) {
  return own
}

/** The ids of the inventory items in variants. */
export function inventoryItemsOf(variants: readonly VariantUpsert[]): string[] {
  return variants.flatMap(({ inventory_items = [] }) => inventory_items.map((one) => one.inventory_item_id))
}
