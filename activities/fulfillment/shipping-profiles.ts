import { decide } from '../../framework/activities/decide.ts'
import { defineActivities } from '../../framework/activities/define.ts'
import { idsOf } from '../../framework/ids-of.ts'
import { fulfillment } from '../../modules/fulfillment/index.ts'
import { unusedProfiles, unusedTypes } from '../../modules/fulfillment/rules/shipping-options.ts'
import { shape } from '../../query/shape.ts'

const ShippingProfile = shape('shipping_profile', { id: true })
const ShippingOptionType = shape('shipping_option_type', { id: true })

export const shippingProfileActivities = defineActivities(fulfillment, {
  write: [
    'setUpFulfillment',
    'createShippingProfiles',
    'updateShippingProfiles',
    'createShippingOptionTypes',
    'updateShippingOptionTypes',
  ],
  decide: {
    deleteShippingProfiles: decide({
      modules: { fulfillment },
      lock: (ids: string[]) => ({ shipping_profile: ids }),
      facts: async (query, ids) => {
        const isUsed = { $or: [{ shipping_options: {} }, { products_link: {} }] }
        return idsOf(await query.find(ShippingProfile, { id: ids, ...isUsed }, { order: 'id' }))
      },
      rule: unusedProfiles,
      write: ({ fulfillment }, ids) => fulfillment.deleteShippingProfiles(ids),
    }),
    deleteShippingOptionTypes: decide({
      modules: { fulfillment },
      lock: (ids: string[]) => ({ shipping_option_type: ids }),
      facts: async (query, ids) =>
        idsOf(await query.find(ShippingOptionType, { id: ids, shipping_options: {} }, { order: 'id' })),
      rule: unusedTypes,
      write: ({ fulfillment }, ids) => fulfillment.deleteShippingOptionTypes(ids),
      events: (ids) => ({ 'shipping-option-type.deleted': ids }),
    }),
  },
})
