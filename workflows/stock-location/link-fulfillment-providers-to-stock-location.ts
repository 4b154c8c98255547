import { write } from '../steps.ts'

export interface LinkFulfillmentProvidersToStockLocationInput {
  id: string
  add?: string[] | undefined
  remove?: string[] | undefined
}

/** Who ships from a location: all of the change, or none where the location or a provider is not there. */
export async function linkFulfillmentProvidersToStockLocation({
  id,
  add = [],
  remove = [],
}: LinkFulfillmentProvidersToStockLocationInput): Promise<void> {
  const pair = (fulfillment_provider_id: string) => ({ stock_location_id: id, fulfillment_provider_id })
  await write.changeLinks({
    exist: { stock_location: [id], fulfillment_provider: add },
    changes: [
      {
        link: 'location_fulfillment_provider',
        add: add.map(pair),
        remove: remove.map(pair),
      },
    ],
  })
}
