import type { NewProductOption, OptionChange } from '../../modules/product/rules/option-changes.ts'
import { write } from '../steps.ts'
import { productOptionsCreated, productOptionsDeleted, productOptionsUpdated } from './hooks.ts'

type Ids = { id: string }[]

/** Creates options with their values. Refused if the title of a shared option is taken. */
export async function createProductOptions(input: { product_options: NewProductOption[] }): Promise<Ids> {
  const ids = await write.createProductOptions(input.product_options)
  const product_options = ids.map((id) => ({ id }))
  await productOptionsCreated({ product_options })
  return product_options
}

/** If values are given, they replace those of the option. Refused if variants have a value that is removed. */
export async function updateProductOptions(input: { product_options: OptionChange[] }): Promise<Ids> {
  await write.updateProductOptions(input.product_options)
  const product_options = input.product_options.map(({ id }) => ({ id }))
  await productOptionsUpdated({ product_options })
  return product_options
}

/** Deletes options with their values. Refused if variants have one of these. */
export async function deleteProductOptions({ ids }: { ids: string[] }): Promise<string[]> {
  await write.deleteProductOptions(ids)
  await productOptionsDeleted({ ids })
  return ids
}
