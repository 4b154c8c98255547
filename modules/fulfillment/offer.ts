import type { OutsideEntity } from '../../framework/model/outside.ts'
import { type FulfillmentOptions, providerOf } from './provider.ts'

/** In which ways a provider ships, under the provider's id: only the provider knows. */
export const fulfillmentOffer: OutsideEntity<FulfillmentOptions> = {
  fields: ['id', 'options'],
  fetch: async ({ ids, options, signal }) => {
    const offers = ids.map(async (id) => ({ id, options: await providerOf(options, id)?.listOptions(signal) }))
    return (await Promise.all(offers)).filter((offer) => offer.options !== undefined)
  },
}
