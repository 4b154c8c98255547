/** Variants as they are asked for, with what they have in other modules. */
import type { PriceInput } from '../../modules/pricing/rules/new-prices.ts'
import type { VariantInput } from '../../modules/product/rules/new-variants.ts'

export interface NewVariant extends VariantInput {
  prices?: PriceInput[] | undefined
  /** How many of which items a shopper gets. default: one of an item of its own, if its stock is managed */
  inventory_items?: { inventory_item_id: string; required_quantity: number }[] | undefined
}

/** A variant in a list of all that a product is to have: new, or what changes about it. */
export type GivenVariant = Partial<NewVariant> & { id?: string | undefined }
export type KeptVariant = GivenVariant & { id: string }

export const isNew = (variant: GivenVariant): boolean => variant.id === undefined
export const isKept = (variant: GivenVariant): variant is KeptVariant => variant.id !== undefined

/** What the product module knows of a variant. */
export function ownPart<V extends GivenVariant>({ prices: _, inventory_items: __, ...own }: V) {
  return own
}

/** The items that are given for variants. */
export function givenItems(variants: readonly GivenVariant[]): string[] {
  return variants.flatMap(({ inventory_items = [] }) => inventory_items.map((one) => one.inventory_item_id))
}
