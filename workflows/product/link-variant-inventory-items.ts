import type { VariantItemsChange } from '../../modules/product/rules/variant-inventory-items.ts'
import { write } from '../steps.ts'

export type LinkVariantInventoryItemsInput = Pick<VariantItemsChange, 'product_id'> & Partial<VariantItemsChange>

/** Links inventory items to variants of a product. Linking what is linked changes the quantity. */
export async function linkVariantInventoryItems(input: LinkVariantInventoryItemsInput): Promise<void> {
  await write.linkVariantInventoryItems({ create: [], update: [], delete: [], ...input })
}
