import { batchProductVariants } from './batch-product-variants.ts'

/** Refused if a variant is not one of the product's. */
export async function deleteProductVariants(input: { product_id: string; ids: string[] }): Promise<string[]> {
  await batchProductVariants({ products: [{ product_id: input.product_id, delete: input.ids }] })
  return input.ids
}
