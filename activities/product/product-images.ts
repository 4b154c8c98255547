import { decide } from '../../framework/activities/decide.ts'
import { defineActivities } from '../../framework/activities/define.ts'
import { product } from '../../modules/product/index.ts'
import { changedVariantImages, type VariantImagesChange } from '../../modules/product/rules/variant-images.ts'
import { shape } from '../../query/shape.ts'

const ProductImages = shape('product', {
  images: [{ id: true, url: true }],
  variants: [{ id: true, thumbnail: true, image_links: [{ id: true, image_id: true }] }],
})

export const productImageActivities = defineActivities(product, {
  decide: {
    changeVariantImages: decide({
      modules: { product },
      lock: ({ product_id }: VariantImagesChange) => ({ product: [product_id] }),
      facts: (query, { product_id }) => query.first(ProductImages, { id: product_id }),
      rule: changedVariantImages,
      write: ({ product }, rows) => product.changeVariantImages(rows),
    }),
  },
})
