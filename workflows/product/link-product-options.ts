import type { ProductOptionsChange } from '../../modules/product/rules/product-options.ts'
import { write } from '../steps.ts'
import { productOptionsDeleted } from './hooks.ts'

export interface LinkProductOptionsInput {
  product_id: string
  add?: ProductOptionsChange['add']
  remove?: string[]
  update?: (Partial<ProductOptionsChange['update'][number]> & { product_option_id: string })[]
}

/** Adds, updates and removes options of a product and their values. Refused if variants have what is removed. */
export async function linkProductOptions(input: LinkProductOptionsInput): Promise<void> {
  const { product_id, add = [], remove = [], update = [] } = input
  const updated = update.map((one) => ({ add: [], remove: [], ...one }))
  const { deletedOptions } = await write.linkProductOptions({ product_id, add, remove, update: updated })
  if (deletedOptions.length > 0) await productOptionsDeleted({ ids: deletedOptions })
}
