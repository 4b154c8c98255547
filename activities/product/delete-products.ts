/** What is deleted with products. */
import { idsOf } from '../../framework/ids-of.ts'
import type { Query } from '../../framework/query.ts'
import { ownOptions } from '../../modules/product/rules/deleted-products.ts'
import { shape } from '../../query/shape.ts'
import { type OrphanedParts, orphanedParts } from './variant-facts.ts'

const ProductParts = shape('product', { options: [{ id: true, is_exclusive: true }], variants: [{ id: true }] })

export interface DeletedProductParts {
  options: string[]
  orphans: OrphanedParts
}

/** Locks the options and variants of the products, so that nothing else refers to them meanwhile. The products must be locked. */
export async function deletedProductParts(query: Query, ids: string[]): Promise<DeletedProductParts> {
  const parts = () => query.find(ProductParts, { id: ids })
  const products = await parts()
  const variants = products.flatMap((one) => idsOf(one.variants))
  await query.lock({ product_option: products.flatMap((one) => idsOf(one.options)), product_variant: variants })
  return { options: ownOptions(await parts()), orphans: await orphanedParts(query, variants) }
}
