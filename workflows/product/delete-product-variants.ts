import { batchProductVariants } from './batch-product-variants.ts'

/** Deletes variants of one product. */
export async function deleteProductVariants(input: { product_id: string; ids: string[] }): Promise<string[]> {
  await batchProductVariants({ products: [{ product_id: input.product_id, delete: input.ids }] })
  return input.ids
}
