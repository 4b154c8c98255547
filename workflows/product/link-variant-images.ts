import type { VariantImagesChange } from '../../modules/product/rules/variant-images.ts'
import { write } from '../steps.ts'

/** Which images of a product show which of its variants. */
export async function linkVariantImages(change: VariantImagesChange): Promise<void> {
  await write.changeVariantImages(change)
}
