import type { OutsideEntity } from '../../framework/model/outside.ts'
import { type FulfillmentOption, type FulfillmentOptions, providerOf } from './provider.ts'

/** What there is of a provider that nobody but it knows. */
interface FulfillmentOffer {
  id: string
  options: FulfillmentOption[]
}

/** In which ways a provider ships, under the provider's id: only the provider knows. */
export const fulfillmentOffer: OutsideEntity<FulfillmentOptions, FulfillmentOffer> = {
  fields: ['id', 'options'],
  fetch: async ({ ids, options, signal }) => {
    const offers = ids.map(async (id) => ({ id, options: await providerOf(options, id)?.listOptions(signal) }))
    return (await Promise.all(offers)).filter((offer) => offer.options !== undefined)
  },
}
