import { defineLink } from '../framework/link/define-link.ts'

/** The fulfillment sets of a stock location. */
export const locationFulfillmentSet = defineLink({
  name: 'location_fulfillment_set',
  prefix: 'locfs',
  left: {
    entity: 'stock_location',
    as: 'location',
    via: 'fulfillment_set_link',
    aliases: { fulfillment_sets: 'fulfillment_set_link.fulfillment_set' },
  },
  right: {
    entity: 'fulfillment_set',
    many: true,
    via: 'locations_link',
    aliases: { location: 'locations_link.location' },
    deleteCascade: true,
  },
})
