import { ALL, anew, emitIds } from '../../framework/workflow/index.ts'
import { ownOptions } from '../../modules/product/rules/deleted-products.ts'
import { read, together } from '../steps.ts'
import { productOptionsDeleted, productsDeleted } from './hooks.ts'
import { batchProductVariants } from './update-products.ts'
import { leftBy, removeVariantParts } from './variant-parts.ts'

interface ProductParts {
  id: string
  options: { id: string; is_exclusive: boolean }[]
  variants: { id: string }[]
}

const FIELDS = ['id', 'options.id', 'options.is_exclusive', 'variants.id']

/** Deletes products with variants, prices and links, and the items in stock that only they had; refused where one is reserved. */
export async function deleteProducts({ ids }: { ids: string[] }): Promise<string[]> {
  const options = await anew(() => deleteWithParts(ids))
  if (options.length > 0) await productOptionsDeleted({ ids: options })
  await productsDeleted({ ids })
  return ids
}

/** @returns the options that went with them. */
async function deleteWithParts(ids: string[]): Promise<string[]> {
  const listing = { fields: FIELDS, filters: { id: ids }, limit: ALL }
  const { rows } = await read.query<ProductParts>('product', listing)
  const variant_ids = rows.flatMap(({ variants }) => variants.map(({ id }) => id))
  const left = await leftBy(variant_ids)
  const option_ids = ownOptions(rows)
  emitIds('product-option.deleted', option_ids)
  emitIds('product.deleted', ids)
  await together((write) => {
    removeVariantParts(write, left) // first: it looks at links, which go with the products
    write.deleteProducts({ ids, variant_ids, option_ids })
    write.deleteLinksOf('product', ids)
  })
  return option_ids
}

/** Deletes variants of one product. */
export async function deleteProductVariants(input: { product_id: string; ids: string[] }): Promise<string[]> {
  await batchProductVariants({ products: [{ product_id: input.product_id, delete: input.ids }] })
  return input.ids
}
