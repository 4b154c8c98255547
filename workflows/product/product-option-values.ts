import type { ValueChange } from '../../modules/product/rules/option-changes.ts'
import { write } from '../steps.ts'

/** Refused if a value belongs to another option. */
export async function updateProductOptionValues(input: { product_option_values: ValueChange[] }) {
  await write.updateProductOptionValues(input.product_option_values)
  return input.product_option_values.map(({ id }) => ({ id }))
}

/** Deletes values of one option. Refused if variants have one of them. */
export async function deleteProductOptionValues(input: { option_id: string; ids: string[] }): Promise<string[]> {
  await write.deleteProductOptionValues(input)
  return input.ids
}
