import { write } from '../steps.ts'

export interface LinkFulfillmentProvidersToStockLocationInput {
  id: string
  add?: string[] | undefined
  remove?: string[] | undefined
}

/** Adds fulfillment providers to a location or removes them. Refused if the location or a provider does not exist. */
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
