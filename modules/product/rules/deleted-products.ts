/** What is deleted with products. Pure. */
import { idsOf } from '../../../framework/ids-of.ts'

export interface DeletedProductFacts {
  id: string
  options: { id: string; is_exclusive: boolean }[]
}

/** The options that products do not share: they are deleted with them. */
export function ownOptions(products: readonly DeletedProductFacts[]): string[] {
  return [...new Set(products.flatMap(({ options }) => idsOf(options.filter(({ is_exclusive }) => is_exclusive))))]
}
