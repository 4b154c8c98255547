import type { NewProduct } from '../../activities/product/create-products.ts'
import type { WithAdditionalData } from '../additional-data.ts'
import { write } from '../steps.ts'
import { productsCreated, productVariantsCreated } from './hooks.ts'

export interface CreateProductsInput extends WithAdditionalData {
  products: NewProduct[]
}

/** Creates products with their variants, prices, inventory items and links. */
export async function createProducts(input: CreateProductsInput): Promise<{ id: string }[]> {
  const { additional_data } = input
  const { products, variants } = await write.createProducts(input.products)
  if (variants.length > 0) await productVariantsCreated({ product_variants: variants, additional_data })
  await productsCreated({ products, additional_data })
  return products
}
