import { defineTally } from '../framework/tally/define-tally.ts'

/** The number of products by status and sales channels, for the lists of storefronts. */
export const productTally = defineTally({
  entity: 'product',
  columns: ['status'],
  link: { table: 'product_sales_channel', mine: 'product_id', theirs: 'sales_channel_id' },
})
