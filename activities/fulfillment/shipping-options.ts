import { decide } from '../../framework/activities/decide.ts'
import { changesOf, defineActivities } from '../../framework/activities/define.ts'
import { rowsById } from '../../framework/activities/facts.ts'
import type { Query } from '../../framework/query.ts'
import { fulfillment } from '../../modules/fulfillment/index.ts'
import {
  changedOffers,
  newOffers,
  type OfferFacts,
  unusedProfiles,
  unusedTypes,
  type ZoneFacts,
} from '../../modules/fulfillment/rules/offers.ts'
import type { FulfillmentService, NewShippingOption, ShippingOptionChange } from '../../modules/fulfillment/service.ts'

export const fulfillmentActivities = defineActivities(fulfillment, {
  write: [
    'setUpFulfillment',
    'createShippingProfiles',
    'updateShippingProfiles',
    'createShippingOptionTypes',
    'updateShippingOptionTypes',
    'createFulfillmentSets',
    'deleteFulfillmentSets',
    'deleteLeftFulfillmentSets',
    ...changesOf('ServiceZones'),
    'deleteShippingOptions',
    'changeShippingOptionRules',
  ],
  decide: {
    createShippingOptions: decide({
      lock: (options: NewShippingOption[]) => ({ service_zone: zonesOf(options), ...partsOf(options) }),
      facts: newOfferFacts,
      rule: newOffers,
      write: (service: FulfillmentService, options) => service.createShippingOptions(options),
    }),
    updateShippingOptions: decide({
      lock: (options: ShippingOptionChange[]) => ({
        shipping_option: options.map(({ id }) => id),
        ...partsOf(options),
      }),
      facts: changedOfferFacts,
      rule: changedOffers,
      write: (service: FulfillmentService, options) => service.updateShippingOptions(options),
    }),
    deleteShippingProfiles: decide({
      lock: (ids: string[]) => ({ shipping_profile: ids }),
      facts: async (query, ids) =>
        new Set([
          ...(await usedBy(query, 'shipping_option', 'shipping_profile_id', ids)),
          ...(await usedBy(query, 'product_shipping_profile', 'shipping_profile_id', ids)),
        ]),
      rule: unusedProfiles,
      write: (service: FulfillmentService, ids) => service.deleteShippingProfiles(ids),
    }),
    deleteShippingOptionTypes: decide({
      lock: (ids: string[]) => ({ shipping_option_type: ids }),
      facts: async (query, ids) => new Set(await usedBy(query, 'shipping_option', 'shipping_option_type_id', ids)),
      rule: unusedTypes,
      write: (service: FulfillmentService, ids) => service.deleteShippingOptionTypes(ids),
    }),
  },
})

const zonesOf = (options: NewShippingOption[]) => [...new Set(options.map(({ service_zone_id }) => service_zone_id))]

/** What options refer to besides their zones; a type that they bring themselves is not there yet. */
function partsOf(options: (NewShippingOption | ShippingOptionChange)[]) {
  return {
    shipping_profile: options.flatMap(({ shipping_profile_id }) => shipping_profile_id ?? []),
    shipping_option_type: options.flatMap((option) => (option.type ? [] : (option.shipping_option_type_id ?? []))),
  }
}

const PROVIDERS = 'fulfillment_set.location.fulfillment_providers'
const ZONE = ['id', `${PROVIDERS}.id`, `${PROVIDERS}.is_enabled`]

async function newOfferFacts(query: Query, options: NewShippingOption[]): Promise<OfferFacts> {
  const zones = await rowsById<ZoneFacts>(query, 'service_zone', zonesOf(options), ZONE)
  return { ...(await partFacts(query, options)), zones: new Map(zones.map((zone) => [zone.id, zone])) }
}

async function changedOfferFacts(query: Query, options: ShippingOptionChange[]): Promise<OfferFacts> {
  const ids = options.map(({ id }) => id)
  const fields = ['id', ...ZONE.map((path) => `service_zone.${path}`)]
  const stored = await rowsById<{ id: string; service_zone: ZoneFacts }>(query, 'shipping_option', ids, fields)
  const zones = new Map(stored.map(({ id, service_zone }) => [id, service_zone]))
  return { ...(await partFacts(query, options)), zones }
}

async function partFacts(query: Query, options: (NewShippingOption | ShippingOptionChange)[]) {
  const { shipping_profile, shipping_option_type } = partsOf(options)
  const profiles = await rowsById<{ id: string }>(query, 'shipping_profile', shipping_profile, ['id'])
  const types = await rowsById<{ id: string }>(query, 'shipping_option_type', shipping_option_type, ['id'])
  return { profiles: profiles.map(({ id }) => id), types: types.map(({ id }) => id) }
}

/** Those of the ids that rows of an entity refer to, as far as the first rows show. */
async function usedBy(query: Query, entity: string, column: string, ids: string[]): Promise<string[]> {
  const { rows } = await query.list<Record<string, string>>(entity, { fields: [column], filters: { [column]: ids } })
  return rows.map((row) => row[column]!)
}
