/** The items in stock that go with variants: those that no other variant has. */
import { changedMeanwhile } from '../../../framework/problem.ts'
import type { Filters } from '../../../framework/query.ts'
import { isSame } from '../../../framework/same-ids.ts'

/** The items that some variants have. */
export interface LeftItems {
  all: string[]
  /** Those that no other variant has. */
  alone: string[]
}

/** Variants that go, and their items as whoever asks has seen them. */
export interface ItemsDeletion extends LeftItems {
  variant_ids: string[]
}

/** Which items these variants have. */
export const itemsOf = (variantIds: string[]): Filters => ({ variant_link: { variant_id: variantIds } })

/** Which of them no other variant has. */
export const itemsOnlyOf = (variantIds: string[]): Filters => ({
  ...itemsOf(variantIds),
  $not: { variant_link: { variant_id: { $nin: variantIds } } },
})

/** The items that go. @throws Problem `conflict` where the variants have others by now, or share others. */
export function leftItems(now: LeftItems, seen: ItemsDeletion): string[] {
  const areSame = isSame(now.all, seen.all) && isSame(now.alone, seen.alone)
  if (!areSame) throw changedMeanwhile('Product Variant', seen.variant_ids.join(', '))
  return seen.alone
}
