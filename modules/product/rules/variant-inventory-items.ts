/** Which inventory items a variant consists of, and how many of each. Pure. */
import { Problem } from '../../../framework/problem.ts'

/** A variant and one of its inventory items. */
export type VariantItem = { variant_id: string; inventory_item_id: string }

export interface VariantItemsChange {
  product_id: string
  create: (VariantItem & { required_quantity: number })[]
  update: (VariantItem & { required_quantity: number })[]
  delete: VariantItem[]
}

export interface VariantItemsFacts {
  /** The variants of the change that belong to the product. */
  variants: string[]
  /** The inventory items of the change that do not exist. */
  missingItems: string[]
}

export function variantsOfChange({ create, update, delete: removed }: VariantItemsChange): string[] {
  return [...create, ...update, ...removed].map(({ variant_id }) => variant_id)
}

/** @throws Problem `not_found` if a variant is not one of the product's, or an inventory item does not exist. */
export function allowVariantItems(
  { variants, missingItems }: VariantItemsFacts,
  change: VariantItemsChange,
): VariantItemsChange {
  const missing = variantsOfChange(change).find((id) => !variants.includes(id))
  if (missing) throw new Problem('not_found', `Product Variant with id: ${missing} was not found`)
  if (missingItems.length > 0) {
    throw new Problem('not_found', `InventoryItem id not found: ${missingItems.join(', ')}`)
  }
  return change
}
