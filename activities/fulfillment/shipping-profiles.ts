import { decide } from '../../framework/activities/decide.ts'
import { defineActivities } from '../../framework/activities/define.ts'
import type { Query } from '../../framework/query.ts'
import { fulfillment } from '../../modules/fulfillment/index.ts'
import { unusedProfiles, unusedTypes } from '../../modules/fulfillment/rules/shipping-options.ts'

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
      facts: async (query, ids) =>
        new Set([
          ...(await usedBy(query, 'shipping_option', 'shipping_profile_id', ids)),
          ...(await usedBy(query, 'product_shipping_profile', 'shipping_profile_id', ids)),
        ]),
      rule: unusedProfiles,
      write: ({ fulfillment }, ids) => fulfillment.deleteShippingProfiles(ids),
    }),
    deleteShippingOptionTypes: decide({
      modules: { fulfillment },
      lock: (ids: string[]) => ({ shipping_option_type: ids }),
      facts: async (query, ids) => new Set(await usedBy(query, 'shipping_option', 'shipping_option_type_id', ids)),
      rule: unusedTypes,
      write: ({ fulfillment }, ids) => fulfillment.deleteShippingOptionTypes(ids),
      events: (ids) => ({ 'shipping-option-type.deleted': ids }),
    }),
  },
})

/** The ids that rows of an entity refer to, of those that the first page of rows shows. */
async function usedBy(query: Query, entity: string, column: string, ids: string[]): Promise<string[]> {
  const { rows } = await query.list(entity, { fields: [column], filters: { [column]: ids } })
  return rows.map((row) => String(row[column]))
}
