/** What variants have elsewhere, as rules read it. */
import type { variantPartRows } from '../../../activities/product/variant-parts.ts'

type Parts = Parameters<typeof variantPartRows>[1]['parts'] extends ReadonlyMap<string, infer P> ? P : never

/** A variant with a price set, and no item in stock; a test says what is different. */
export function partsOf(id: string, more: Partial<Parts> = {}): [string, Parts] {
  return [id, { id, title: id, product_id: 'prod_1', price_set: { id: `pset of ${id}` }, inventory_items: [], ...more }]
}

export const NOTHING_LEFT = { price_sets: [], inventory_items: [] }
