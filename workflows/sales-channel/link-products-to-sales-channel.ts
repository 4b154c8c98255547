import { write } from '../steps.ts'

export interface LinkProductsToSalesChannelInput {
  id: string
  add?: string[]
  remove?: string[]
}

/** Adds products to a sales channel or removes them. Refused if the channel or a product does not exist. */
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
