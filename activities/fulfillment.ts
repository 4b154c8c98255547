import { decide } from '../framework/activities/decide.ts'
import { defineActivities } from '../framework/activities/define.ts'
import type { Query } from '../framework/query.ts'
import { fulfillment } from '../modules/fulfillment/index.ts'
import { checkOffers, checkUnused, type ZoneFacts } from '../modules/fulfillment/rules/offers.ts'
import type { FulfillmentService, NewShippingOption, ShippingOptionChange } from '../modules/fulfillment/service.ts'

export const fulfillmentActivities = defineActivities(fulfillment, {
  write: [
    'setUpFulfillment',
    'createShippingProfiles',
    'updateShippingProfiles',
    'createShippingOptionTypes',
    'updateShippingOptionTypes',
    'createFulfillmentSets',
    'deleteFulfillmentSets',
    'createServiceZones',
    'updateServiceZones',
    'deleteServiceZones',
    'deleteShippingOptions',
    'changeShippingOptionRules',
  ],
  decide: {
    createShippingOptions: decide({
      lock: (options: NewShippingOption[]) => ({
        service_zone: options.map(({ service_zone_id }) => service_zone_id),
        ...neededBy(options),
      }),
      facts: async (query, options) => ({
        ...(await partsOf(query, options)),
        zones: await zonesOf(query, options),
      }),
      rule: (facts, options) => {
        checkOffers(
          facts,
          options.map((option) => ({ ...option, zone: option.service_zone_id, isNew: true })),
        )
        return options
      },
      write: (service: FulfillmentService, options) => service.createShippingOptions(options),
    }),
    updateShippingOptions: decide({
      lock: (options: ShippingOptionChange[]) => ({
        shipping_option: options.map(({ id }) => id),
        ...neededBy(options),
      }),
      facts: async (query, options) => ({
        ...(await partsOf(query, options)),
        zones: await zonesOfOptions(query, options),
      }),
      rule: (facts, options) => {
        checkOffers(
          facts,
          options.map((option) => ({ ...option, zone: option.id, isNew: false })),
        )
        return options
      },
      write: (service: FulfillmentService, options) => service.updateShippingOptions(options),
    }),
    deleteShippingProfiles: decide({
      lock: (ids: string[]) => ({ shipping_profile: ids }),
      facts: async (query, ids) =>
        new Set([
          ...(await usersOf(query, 'shipping_option', 'shipping_profile_id', ids)),
          ...(await usersOf(query, 'product_shipping_profile', 'shipping_profile_id', ids)),
        ]),
      rule: (used, ids) => {
        checkUnused('Shipping profiles', used, 'shipping options or products')
        return ids
      },
      write: (service: FulfillmentService, ids) => service.deleteShippingProfiles(ids),
    }),
    deleteShippingOptionTypes: decide({
      lock: (ids: string[]) => ({ shipping_option_type: ids }),
      facts: (query, ids) => usersOf(query, 'shipping_option', 'shipping_option_type_id', ids),
      rule: (used, ids) => {
        checkUnused('Shipping option types', used, 'shipping options')
        return ids
      },
      write: (service: FulfillmentService, ids) => service.deleteShippingOptionTypes(ids),
    }),
  },
})

type Needing = Pick<ShippingOptionChange, 'shipping_profile_id' | 'shipping_option_type_id' | 'type'>

/** What options refer to; a type that they bring is not there yet. */
function neededBy(options: readonly Needing[]) {
  return {
    shipping_profile: options.flatMap(({ shipping_profile_id }) => shipping_profile_id ?? []),
    shipping_option_type: options.flatMap(({ type, shipping_option_type_id }) =>
      type ? [] : (shipping_option_type_id ?? []),
    ),
  }
}

async function partsOf(query: Query, options: readonly Needing[]) {
  const { shipping_profile, shipping_option_type } = neededBy(options)
  return {
    profiles: await thereOf(query, 'shipping_profile', shipping_profile),
    types: await thereOf(query, 'shipping_option_type', shipping_option_type),
  }
}

const byId = (ids: readonly string[]) => ({ filters: { id: ids }, limit: ids.length })

async function thereOf(query: Query, entity: string, ids: string[]): Promise<string[]> {
  if (ids.length === 0) return []
  const { rows } = await query.list<{ id: string }>(entity, { ...byId(ids), fields: ['id'] })
  return rows.map(({ id }) => id)
}

const PROVIDERS = 'fulfillment_set.location.fulfillment_providers'
const ZONE = ['id', `${PROVIDERS}.id`, `${PROVIDERS}.is_enabled`]

async function zonesOf(query: Query, options: readonly NewShippingOption[]): Promise<Map<string, ZoneFacts>> {
  const ids = [...new Set(options.map(({ service_zone_id }) => service_zone_id))]
  const { rows } = await query.list<ZoneFacts>('service_zone', { ...byId(ids), fields: ZONE })
  return new Map(rows.map((zone) => [zone.id, zone]))
}

async function zonesOfOptions(query: Query, options: readonly ShippingOptionChange[]) {
  const fields = ['id', ...ZONE.map((path) => `service_zone.${path}`)]
  const { rows } = await query.list<{ id: string; service_zone: ZoneFacts }>('shipping_option', {
    ...byId(options.map(({ id }) => id)),
    fields,
  })
  return new Map(rows.map(({ id, service_zone }) => [id, service_zone]))
}

/** Those of the ids that rows of an entity refer to, as far as the first rows show. */
async function usersOf(query: Query, entity: string, column: string, ids: string[]): Promise<Set<string>> {
  const { rows } = await query.list<Record<string, string>>(entity, { fields: [column], filters: { [column]: ids } })
  return new Set(rows.map((row) => row[column]!))
}
