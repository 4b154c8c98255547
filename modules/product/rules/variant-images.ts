/** The writes that add and remove images of variants. Pure. */

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

export interface VariantImageRows {
  links: New<typeof ProductVariantProductImage>[]
  deletedLinks: string[]
  variants: Change<typeof ProductVariant>[]
}

/**
 * A variant whose thumbnail is removed has no thumbnail.
 *
 * @throws Problem `not_found` if a variant or image is not one of the product's.
 */
export function changedVariantImages(
  product: VariantImagesFacts | undefined,
  { product_id, add, remove }: VariantImagesChange,
  newId: MakeId,
): VariantImageRows {
  if (!product) throw new Problem('not_found', `Product with id: ${product_id} was not found`)
  const pairs = [...add, ...remove].map((pair) => partsOf(product, pair))
  const [added, removed] = [pairs.slice(0, add.length), pairs.slice(add.length)]
  const isLinked = ({ variant, image }: Parts) => variant.image_links.some(({ image_id }) => image_id === image.id)
  const newLinks = new Map(
    added.filter((one) => !isLinked(one)).map((one) => [`${one.variant.id} ${one.image.id}`, one]),
  )
  const thumbnails = removed.filter(({ variant, image }) => variant.thumbnail === image.url)
  return {
    links: [...newLinks.values()].map(({ variant, image }) => {
      return { id: newId('pvpi'), variant_id: variant.id, image_id: image.id }
    }),
    deletedLinks: removed.flatMap(({ variant, image }) =>
      variant.image_links.filter(({ image_id }) => image_id === image.id).map(({ id }) => id),
    ),
    variants: [...new Set(thumbnails.map(({ variant }) => variant.id))].map((id) => ({ id, thumbnail: null })),
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
