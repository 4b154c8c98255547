import { defineLink } from '../framework/link/define-link.ts'

/** The shipping services of a fulfillment provider, by the provider's id. */
export const fulfillmentProviderOffer = defineLink({
  kind: 'readonly',
  from: 'fulfillment_provider',
  column: 'id',
  as: 'offer',
  to: 'fulfillment_offer',
})
