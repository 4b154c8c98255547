import { write } from '../steps.ts'

export interface LinkProductsToSalesChannelInput {
  id: string
  add?: string[]
  remove?: string[]
}

/** Which products are sold in a channel: all of the change, or none where the channel or a product is not there. */
export async function linkProductsToSalesChannel({
  id,
  add = [],
  remove = [],
}: LinkProductsToSalesChannelInput): Promise<void> {
  const pair = (product_id: string) => ({ product_id, sales_channel_id: id })
  await write.changeLinks({
    exist: { sales_channel: [id], product: add },
    changes: [
      {
        link: 'product_sales_channel',
        add: add.map(pair),
        remove: remove.map(pair),
      },
    ],
  })
}
