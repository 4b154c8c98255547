import { Service } from '../../../framework/model/service.ts'
import type { models } from '../models.ts'
import type { VariantImageRows } from '../rules/variant-images.ts'

export class ImageService extends Service<typeof models> {
  changeVariantImages = async (rows: VariantImageRows): Promise<void> => {
    await this.rows.product_variant_product_image.softDelete(rows.deletedLinks)
    await this.rows.product_variant.update(rows.variants)
    await this.rows.product_variant_product_image.create(rows.links)
  }
}
