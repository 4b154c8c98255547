import type { VariantImagesChange } from '../../modules/product/rules/variant-images.ts'
import { write } from '../steps.ts'

/** Adds images of a product to its variants or removes them. */
export async function linkVariantImages(change: VariantImagesChange): Promise<void> {
  await write.changeVariantImages(change)
}
