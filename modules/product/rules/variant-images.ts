/** Which images show which variants of a product: what is written where that changes. Pure. */

import type { Change, New } from '../../../framework/model/model.ts'
import { Problem } from '../../../framework/problem.ts'
import type { MakeId } from '../../../framework/workflow/ulid.ts'
import type { ProductVariant, ProductVariantProductImage } from '../models.ts'

interface Pair {
  variant_id: string
  image_id: string
}

export interface VariantImagesChange {
  product_id: string
  add: Pair[]
  remove: Pair[]
}

interface VariantImagesFacts {
  images: { id: string; url: string }[]
  variants: { id: string; thumbnail: string | null; image_links: { id: string; image_id: string }[] }[]
}

/** The rows of one step. */
export interface VariantImageRows {
  links: New<typeof ProductVariantProductImage>[]
  deletedLinks: string[]
  variants: Change<typeof ProductVariant>[]
}

/**
 * A variant whose thumbnail is an image that shows it no longer has none.
 *
 * @throws Problem `not_found` where a variant or an image is not one of the product's.
 */
export function changedVariantImages(
  product: VariantImagesFacts | undefined,
  { product_id, add, remove }: VariantImagesChange,
  newId: MakeId,
): VariantImageRows {
  if (!product) throw new Problem('not_found', `Product with id: ${product_id} was not found`)
  const found = [...add, ...remove].map((pair) => partsOf(product, pair))
  const [added, removed] = [found.slice(0, add.length), found.slice(add.length)]
  const isLinked = ({ variant, image }: Parts) => variant.image_links.some(({ image_id }) => image_id === image.id)
  const fresh = new Map(added.filter((one) => !isLinked(one)).map((one) => [`${one.variant.id} ${one.image.id}`, one]))
  const bare = removed.filter(({ variant, image }) => variant.thumbnail === image.url)
  return {
    links: [...fresh.values()].map(({ variant, image }) => {
      return { id: newId('pvpi'), variant_id: variant.id, image_id: image.id }
    }),
    deletedLinks: removed.flatMap(({ variant, image }) =>
      variant.image_links.filter(({ image_id }) => image_id === image.id).map(({ id }) => id),
    ),
    variants: [...new Set(bare.map(({ variant }) => variant.id))].map((id) => ({ id, thumbnail: null })),
  }
}

interface Parts {
  variant: VariantImagesFacts['variants'][number]
  image: VariantImagesFacts['images'][number]
}

function partsOf({ variants, images }: VariantImagesFacts, { variant_id, image_id }: Pair): Parts {
  const variant = variants.find(({ id }) => id === variant_id)
  const image = images.find(({ id }) => id === image_id)
  if (!variant) throw new Problem('not_found', `Product Variant with id: ${variant_id} was not found`)
  if (!image) throw new Problem('not_found', `Product Image with id: ${image_id} was not found`)
  return { variant, image }
}
