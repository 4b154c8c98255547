/** What goes with products. */
import { changedMeanwhile } from '../../../framework/problem.ts'
import { isSame } from '../../../framework/same-ids.ts'

/** Products, and what goes with them as whoever asks has seen it. */
export interface ProductDeletion {
  ids: string[]
  variant_ids: string[]
  /** Those that are theirs alone. */
  option_ids: string[]
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
  const areSame = isSame(variants, deletion.variant_ids) && isSame(ownOptions(facts), deletion.option_ids)
  if (!areSame) throw changedMeanwhile('Product', deletion.ids.join(', '))
  return deletion
}

/** The options that these products do not share. */
export function ownOptions(products: readonly Pick<DeletedProductFacts, 'options'>[]): string[] {
  const own = products.flatMap(({ options }) => options.filter(({ is_exclusive }) => is_exclusive))
  return [...new Set(own.map(({ id }) => id))]
}
