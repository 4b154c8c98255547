import type { ProductUpdate } from '../../activities/product/update-products.ts'
import type { VariantUpsert } from '../../activities/product/variants.ts'
import type { WithAdditionalData } from '../additional-data.ts'
import { write } from '../steps.ts'
import { productOptionsDeleted, productsUpdated } from './hooks.ts'

export interface ProductChange extends Omit<ProductUpdate, 'variants'> {
  /** Replaces the variants of the product: one without an id is created, one that is not listed is deleted. */
  variants?: VariantUpsert[] | undefined
  /** Ids of existing options; replaces the options of the product. */
  option_ids?: string[] | undefined
}

export interface UpdateProductsInput extends WithAdditionalData {
  products: ProductChange[]
}

/** Lists that are given, such as variants or tags, replace those of the product. */
export async function updateProducts({ products, additional_data }: UpdateProductsInput): Promise<{ id: string }[]> {
  const { deletedOptions } = await write.updateProducts(products.map(withOptions))
  if (deletedOptions.length > 0) await productOptionsDeleted({ ids: deletedOptions })
  const updated = products.map(({ id }) => ({ id }))
  await productsUpdated({ products: updated, additional_data })
  return updated
}

function withOptions({ option_ids, options, ...product }: ProductChange): ProductUpdate {
  const optionInputs = options ?? option_ids?.map((id) => ({ id }))
  return { ...product, ...(optionInputs && { options: optionInputs }) }
}
