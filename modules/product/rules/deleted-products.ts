/** What goes with products. */
import { changedMeanwhile } from '../../../framework/problem.ts'
import { isSame } from './changed-products.ts'

/** Products, with what belongs to them as whoever asks has seen it. */
export interface ProductDeletion {
  ids: string[]
  /** Options that are theirs alone. */
  option_ids: string[]
  variant_ids: string[]
}

/** A product as it is by the time it is deleted. */
export interface DeletedProductFacts {
  id: string
  options: { id: string; is_exclusive: boolean }[]
  variants: { id: string }[]
}

/** @throws Problem `conflict` where they have other variants or options by now. */
export function deletedProducts(facts: readonly DeletedProductFacts[], deletion: ProductDeletion): ProductDeletion {
  const variants = facts.flatMap((product) => product.variants.map(({ id }) => id))
  const options = facts.flatMap((product) => product.options.filter(({ is_exclusive }) => is_exclusive))
  const ids = [...new Set(options.map(({ id }) => id))]
  if (!isSame(variants, deletion.variant_ids) || !isSame(ids, deletion.option_ids)) {
    throw changedMeanwhile('Product', deletion.ids.join(', '))
  }
  return deletion
}
