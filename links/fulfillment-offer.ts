import { defineLink } from '../framework/link/define-link.ts'

/** What a provider offers is known by the provider's id. */
export const fulfillmentProviderOffer = defineLink({
  kind: 'readonly',
  from: 'fulfillment_provider',
  column: 'id',
  as: 'offer',
  to: 'fulfillment_offer',
})
