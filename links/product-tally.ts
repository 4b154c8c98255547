import { defineTally } from '../framework/tally/define-tally.ts'

/** How many products there are of each status and sales channels: what every list of a storefront is about. */
export const productTally = defineTally({
  entity: 'product',
  columns: ['status'],
  link: { table: 'product_sales_channel', mine: 'product_id', theirs: 'sales_channel_id' },
})
