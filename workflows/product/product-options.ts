import type { NewProductOption, OptionChange } from '../../modules/product/rules/option-changes.ts'
import { write } from '../steps.ts'
import { productOptionsCreated, productOptionsDeleted, productOptionsUpdated } from './hooks.ts'

type Ids = { id: string }[]

/** Adds options with their values; the title of an option that products share must be free. */
export async function createProductOptions(input: { product_options: NewProductOption[] }): Promise<Ids> {
  const ids = await write.createProductOptions(input.product_options)
  const product_options = ids.map((id) => ({ id }))
  await productOptionsCreated({ product_options })
  return product_options
}

/** Changes what is given and leaves the rest; `values` are all that the option is to have. */
export async function updateProductOptions(input: { product_options: OptionChange[] }): Promise<Ids> {
  await write.updateProductOptions(input.product_options)
  const product_options = input.product_options.map(({ id }) => ({ id }))
  await productOptionsUpdated({ product_options })
  return product_options
}

/** Deletes options with their values; refused if variants have one of these. */
export async function deleteProductOptions({ ids }: { ids: string[] }): Promise<string[]> {
  await write.deleteProductOptions(ids)
  await productOptionsDeleted({ ids })
  return ids
}
