import { decide } from '../../framework/activities/decide.ts'
import { defineActivities } from '../../framework/activities/define.ts'
import { lockExisting, lockMatching } from '../../framework/activities/facts.ts'
import { link } from '../../framework/link/module.ts'
import type { ServicesOf } from '../../framework/model/module.ts'
import type { Query } from '../../framework/query.ts'
import { fulfillment } from '../../modules/fulfillment/index.ts'
import { zonesOfSet } from '../../modules/fulfillment/rules/service-zones.ts'
import { pricing } from '../../modules/pricing/index.ts'
import { shape } from '../../query/shape.ts'

export interface NewLocationSet {
  location_id: string
  fulfillment_set: { name: string; type: string }
}

export interface ZonesDeletion {
  ids: string[]
  fulfillment_set_id: string
}

export const fulfillmentSetActivities = defineActivities(fulfillment, {
  write: ['createServiceZones', 'updateServiceZones'],
  decide: {
    createLocationFulfillmentSet: decide({
      modules: { fulfillment, link },
      facts: (query, { location_id }: NewLocationSet) => lockExisting(query, { stock_location: [location_id] }),
      rule: (_, { fulfillment_set }, newId) => ({ ...fulfillment_set, id: newId('fuset') }),
      write: async ({ fulfillment, link }, set, { location_id }) => {
        await fulfillment.createFulfillmentSets([set])
        const add = [{ stock_location_id: location_id, fulfillment_set_id: set.id }]
        await link.changeLinks([{ link: 'location_fulfillment_set', add }])
        return set.id
      },
    }),
    deleteFulfillmentSets: decide({
      modules: { fulfillment, pricing, link },
      lock: (ids: string[]) => ({ fulfillment_set: ids }),
      facts: async (query, ids) => optionsOfZones(query, await zonesOfSets(query, ids)),
      rule: (options) => options,
      write: async (services, options, ids) => {
        await deleteOptionPrices(services, options)
        await services.fulfillment.deleteFulfillmentSets(ids)
      },
    }),
    deleteServiceZones: decide({
      modules: { fulfillment, pricing, link },
      lock: ({ fulfillment_set_id }: ZonesDeletion) => ({ fulfillment_set: [fulfillment_set_id] }),
      facts: async (query, { ids, fulfillment_set_id }) => ({
        zones: await zonesOfSets(query, [fulfillment_set_id]),
        options: await optionsOfZones(query, ids),
      }),
      rule: ({ zones, options }, { ids }) => ({ ids: zonesOfSet(zones, ids), options }),
      write: async (services, { ids, options }) => {
        await deleteOptionPrices(services, options)
        await services.fulfillment.deleteServiceZones(ids)
      },
    }),
  },
})

const ServiceZone = shape('service_zone', { id: true })
const ShippingOption = shape('shipping_option', { id: true })

/** The zones of sets, locked so that nothing is added to them. */
export function zonesOfSets(query: Query, fulfillment_set_id: string[]): Promise<string[]> {
  return lockMatching(query, ServiceZone, { fulfillment_set_id })
}

/** The shipping options of zones, locked so that their prices do not change. The zones must be locked already. */
export function optionsOfZones(query: Query, service_zone_id: string[]): Promise<string[]> {
  return lockMatching(query, ShippingOption, { service_zone_id })
}

const priced = { pricing, link }

/** Must run before the options are deleted, as their links are deleted with them. */
export async function deleteOptionPrices(
  { pricing, link }: ServicesOf<typeof priced>,
  options: string[],
): Promise<void> {
  const { price_set = [] } = await link.deletedWith('shipping_option', options)
  await pricing.deletePriceSets(price_set)
}
