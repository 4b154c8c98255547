/** Products that are deleted, with all that only they have. */
import { rowsById } from '../../framework/activities/facts.ts'
import { idsOf } from '../../framework/ids-of.ts'
import type { Query } from '../../framework/query.ts'
import { type DeletedProductFacts, ownOptions } from '../../modules/product/rules/deleted-products.ts'
import { type LeftBehind, leftBehind } from './variant-facts.ts'

interface ProductParts extends DeletedProductFacts {
  variants: { id: string }[]
}

const PARTS = ['id', 'options.id', 'options.is_exclusive', 'variants.id']

export interface DeletedProductParts {
  options: string[]
  left: LeftBehind
}

/** The products are locked; so are their options and variants, so that nobody else takes these meanwhile. */
export async function deletedProductParts(query: Query, ids: string[]): Promise<DeletedProductParts> {
  const parts = () => rowsById<ProductParts>(query, 'product', ids, PARTS)
  const seen = await parts()
  const variants = seen.flatMap((one) => idsOf(one.variants))
  await query.lock({ product_option: seen.flatMap((one) => idsOf(one.options)), product_variant: variants })
  return { options: ownOptions(await parts()), left: await leftBehind(query, variants) }
}
