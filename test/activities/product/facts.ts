/** What variants have elsewhere, as rules read it. */
import type { variantPartRows } from '../../../activities/product/variant-parts.ts'

type Parts = Parameters<typeof variantPartRows>[1]['parts'] extends ReadonlyMap<string, infer P> ? P : never

const NO_MEASURES = { weight: null, length: null, height: null, width: null }
const NO_ORIGIN = { hs_code: null, origin_country: null, mid_code: null, material: null }
const NO_CODES = { sku: null, barcode: null, ean: null, upc: null }
const NOTHING_MORE = { metadata: null, thumbnail: null, variant_rank: 0, deleted_at: null }
const TIMES = { created_at: '2026-01-01T00:00:00.000Z', updated_at: '2026-01-01T00:00:00.000Z' }
const COLUMNS = {
  ...NO_MEASURES,
  ...NO_ORIGIN,
  ...NO_CODES,
  ...NOTHING_MORE,
  ...TIMES,
  allow_backorder: false,
  manage_inventory: true,
}

/** A variant with a price set, and no item in stock; a test says what is different. */
export function partsOf(id: string, more: Partial<Parts> = {}): [string, Parts] {
  const own = { id, title: id, product_id: 'prod_1', price_set: { id: `pset of ${id}` }, inventory_items: [] }
  return [id, { ...COLUMNS, ...own, ...more }]
}

export const NOTHING_LEFT = { price_sets: [], inventory_items: [] }
