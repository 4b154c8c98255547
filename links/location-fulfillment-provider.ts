import { defineLink } from '../framework/link/define-link.ts'

/** The fulfillment providers of a stock location. */
export const locationFulfillmentProvider = defineLink({
  name: 'location_fulfillment_provider',
  prefix: 'locfp',
  left: {
    entity: 'stock_location',
    as: 'location',
    many: true,
    via: 'fulfillment_provider_link',
    aliases: { fulfillment_providers: 'fulfillment_provider_link.fulfillment_provider' },
  },
  right: {
    entity: 'fulfillment_provider',
    many: true,
    via: 'locations_link',
    aliases: { locations: 'locations_link.location' },
  },
})
