import type { OutsideEntity } from '../../framework/model/outside.ts'
import { type FulfillmentOption, type FulfillmentOptions, providerOf } from './provider.ts'

export interface FulfillmentOffer {
  id: string
  options: FulfillmentOption[]
}

/** The fulfillment options of providers, fetched from the providers themselves. */
export const fulfillmentOffer: OutsideEntity<FulfillmentOptions, FulfillmentOffer> = {
  fields: ['id', 'options'],
  fetch: async ({ ids, options, signal }) => {
    const offers = ids.map(async (id) => ({ id, options: await providerOf(options, id)?.listOptions(signal) }))
    return (await Promise.all(offers)).filter((offer) => offer.options !== undefined)
  },
}
