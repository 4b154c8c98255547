import { emitIds } from '../../framework/workflow/index.ts'
import { read, write } from '../steps.ts'
import { batchProductVariants } from './update-products.ts'
import { removeVariantParts } from './variant-parts.ts'

interface ProductParts {
  id: string
  options: { id: string; is_exclusive: boolean }[]
  variants: { id: string }[]
}

/** Deletes products with variants, prices and links, and the items in stock that only they had; refused where one is reserved. */
export async function deleteProducts({ ids }: { ids: string[] }): Promise<string[]> {
  const fields = ['id', 'options.id', 'options.is_exclusive', 'variants.id']
  const { rows } = await read.query<ProductParts>('product', { fields, filters: { id: ids }, limit: ids.length })
  const options = rows.flatMap((product) => product.options.filter(({ is_exclusive }) => is_exclusive))
  emitIds('product.deleted', ids)
  await write.deleteProducts({ ids, option_ids: [...new Set(options.map(({ id }) => id))] })
  await write.deleteLinksOf('product', ids)
  await removeVariantParts(rows.flatMap(({ variants }) => variants.map(({ id }) => id)))
  return ids
}

/** Deletes variants of one product. */
export async function deleteProductVariants(input: { product_id: string; ids: string[] }): Promise<string[]> {
  await batchProductVariants({ products: [{ product_id: input.product_id, delete: input.ids }] })
  return input.ids
}
