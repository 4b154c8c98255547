import type { ProductVariantsChange } from '../../activities/product/update-products.ts'
import type { WithAdditionalData } from '../additional-data.ts'
import { write } from '../steps.ts'
import { productVariantsCreated, productVariantsDeleted, productVariantsUpdated } from './hooks.ts'

export interface BatchProductVariantsInput extends WithAdditionalData {
  products: ProductVariantsChange[]
}

/** Creates, updates and deletes variants of products. The other variants stay. */
export async function batchProductVariants({ products, additional_data }: BatchProductVariantsInput) {
  const { created, updated, deleted } = await write.changeProductVariants(products)
  if (created.length > 0) await productVariantsCreated({ product_variants: rows(created), additional_data })
  if (updated.length > 0) await productVariantsUpdated({ product_variants: rows(updated), additional_data })
  if (deleted.length > 0) await productVariantsDeleted({ ids: deleted })
  return { created, updated, deleted }
}

const rows = (ids: string[]) => ids.map((id) => ({ id }))
