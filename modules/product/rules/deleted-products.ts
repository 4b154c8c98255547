/** What is deleted with products. Pure. */
import { idsOf } from '../../../framework/ids-of.ts'

interface ProductWithOptions {
  options: { id: string; is_exclusive: boolean }[]
}

/** The exclusive options of products, which are deleted with them. */
export function ownOptions(products: readonly ProductWithOptions[]): string[] {
  return [...new Set(products.flatMap(({ options }) => idsOf(options.filter(({ is_exclusive }) => is_exclusive))))]
}
