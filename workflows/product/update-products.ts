import type { ProductUpdate } from '../../activities/product/update-products.ts'
import type { GivenVariant } from '../../activities/product/variants.ts'
import type { WithAdditionalData } from '../additional-data.ts'
import { write } from '../steps.ts'
import { productOptionsDeleted, productsUpdated } from './hooks.ts'

export interface ProductChange extends Omit<ProductUpdate, 'variants'> {
  /** All that it is to have: a variant without an id is new, one that is not listed is deleted. */
  variants?: GivenVariant[] | undefined
  /** All options that it is to have, of those that exist. */
  option_ids?: string[] | undefined
}

export interface UpdateProductsInput extends WithAdditionalData {
  products: ProductChange[]
}

/** Changes what is given and leaves the rest; lists are what a product is to have. */
export async function updateProducts({ products, additional_data }: UpdateProductsInput): Promise<{ id: string }[]> {
  const { deletedOptions } = await write.updateProducts(products.map(withOptions))
  if (deletedOptions.length > 0) await productOptionsDeleted({ ids: deletedOptions })
  const updated = products.map(({ id }) => ({ id }))
  await productsUpdated({ products: updated, additional_data })
  return updated
}

function withOptions({ option_ids, options, ...product }: ProductChange): ProductUpdate {
  const given = options ?? option_ids?.map((id) => ({ id }))
  return { ...product, ...(given && { options: given }) }
}
