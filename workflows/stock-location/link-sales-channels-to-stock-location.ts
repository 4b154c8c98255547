import { write } from '../steps.ts'

export interface LinkSalesChannelsToStockLocationInput {
  id: string
  add?: string[] | undefined
  remove?: string[] | undefined
}

/** Adds sales channels to a location or removes them. Refused if the location or a channel does not exist. */
export async function linkSalesChannelsToStockLocation({
  id,
  add = [],
  remove = [],
}: LinkSalesChannelsToStockLocationInput): Promise<void> {
  const pair = (sales_channel_id: string) => ({ stock_location_id: id, sales_channel_id })
  await write.changeLinks({
    exist: { stock_location: [id], sales_channel: add },
    changes: [
      {
        link: 'sales_channel_stock_location',
        add: add.map(pair),
        remove: remove.map(pair),
      },
    ],
  })
}
