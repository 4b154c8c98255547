import { decide } from '../../framework/activities/decide.ts'
import { defineActivities } from '../../framework/activities/define.ts'
import { product } from '../../modules/product/index.ts'
import {
  changedVariantImages,
  type VariantImagesChange,
  type VariantImagesFacts,
} from '../../modules/product/rules/variant-images.ts'

const FIELDS = [
  ...['images.id', 'images.url', 'variants.id', 'variants.thumbnail'],
  ...['variants.image_links.id', 'variants.image_links.image_id'],
]

export const productImageActivities = defineActivities(product, {
  decide: {
    changeVariantImages: decide({
      modules: { product },
      lock: ({ product_id }: VariantImagesChange) => ({ product: [product_id] }),
      facts: async (query, { product_id }) => {
        const { rows } = await query.list<VariantImagesFacts>('product', {
          fields: FIELDS,
          filters: { id: product_id },
        })
        return rows[0]
      },
      rule: changedVariantImages,
      write: ({ product }, rows) => product.changeVariantImages(rows),
    }),
  },
})
