import { emitIds, newId } from '../../framework/workflow/index.ts'
import {
  type NewProductOption,
  newOptionRows,
  type OptionChange,
  type ValueChange,
} from '../../modules/product/rules/option-changes.ts'
import { write } from '../steps.ts'

type Ids = { id: string }[]

/** Adds options with their values; the title of one that products share must be free. */
export async function createProductOptions(input: { product_options: NewProductOption[] }): Promise<Ids> {
  const rows = newOptionRows(input.product_options, newId)
  emitIds('product-option.created', rows.options)
  await write.changeOptions(rows)
  return rows.options.map(({ id }) => ({ id }))
}

/** Changes what is given and leaves the rest; `values` are all that the option is to have. */
export async function updateProductOptions({ product_options }: { product_options: OptionChange[] }): Promise<Ids> {
  emitIds('product-option.updated', product_options)
  await write.updateProductOptions(product_options)
  return product_options.map(({ id }) => ({ id }))
}

/** Deletes options with their values and links; refused where variants have one of those. */
export async function deleteProductOptions({ ids }: { ids: string[] }): Promise<string[]> {
  emitIds('product-option.deleted', ids)
  await write.deleteProductOptions(ids)
  await write.deleteLinksOf('product_option', ids)
  return ids
}

/** Changes values of an option. */
export async function updateProductOptionValues(input: { product_option_values: ValueChange[] }): Promise<Ids> {
  const { product_option_values: values } = input
  emitIds('product-option-value.updated', values)
  await write.updateProductOptionValues(values)
  return values.map(({ id }) => ({ id }))
}

/** Deletes values of an option; refused where variants have one. */
export async function deleteProductOptionValues(input: { option_id: string; ids: string[] }): Promise<string[]> {
  emitIds('product-option-value.deleted', input.ids)
  await write.deleteProductOptionValues(input)
  return input.ids
}
