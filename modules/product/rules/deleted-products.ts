/** What goes with products. */
import { changedMeanwhile } from '../../../framework/problem.ts'
import { isSame } from './changed-products.ts'

export interface ProductDeletion {
  ids: string[]
  /** The variants that go with them, as whoever asks has seen them. */
  variant_ids: string[]
}

/** A product as it is by the time it is deleted. */
export interface DeletedProductFacts {
  id: string
  options: { id: string; is_exclusive: boolean }[]
  variants: { id: string }[]
}

/** Products, with the options that are theirs alone. */
export interface DeletedProducts {
  ids: string[]
  option_ids: string[]
}

/** @throws Problem `conflict` where they have other variants by now. */
export function deletedProducts(
  facts: readonly DeletedProductFacts[],
  { ids, variant_ids }: ProductDeletion,
): DeletedProducts {
  const variants = facts.flatMap((product) => product.variants.map(({ id }) => id))
  if (!isSame(variants, variant_ids)) throw changedMeanwhile('Product', ids.join(', '))
  const options = facts.flatMap((product) => product.options.filter(({ is_exclusive }) => is_exclusive))
  return { ids, option_ids: [...new Set(options.map(({ id }) => id))] }
}
