/** A location with a fulfillment set, a service zone and a shipping profile, as shipping options need them. */
import { setUpFulfillment } from '../../workflows/index.ts'
import type { World } from './world.ts'

export interface Shipping {
  location: string
  set: string
  zone: string
  profile: string
}

/** The body of a flat shipping option of `manual_manual`; default: no prices */
export const flatOption = ({ zone, profile }: Pick<Shipping, 'zone' | 'profile'>, more: object = {}) => ({
  name: 'Standard',
  service_zone_id: zone,
  shipping_profile_id: profile,
  provider_id: 'manual_manual',
  price_type: 'flat',
  type: { label: 'Standard', code: 'standard' },
  prices: [],
  ...more,
})

let count = 0

/** Creates a location that `manual_manual` ships from to Denmark, with unique names. */
export async function createShipping(world: World): Promise<Shipping> {
  const name = `Shipping ${++count}`
  const post = async (path: string, body: unknown) => (await world.request('POST', path, body)).body
  await world.run(setUpFulfillment, undefined)
  const { stock_location } = await post('/admin/stock-locations', { name })
  const at = `/admin/stock-locations/${stock_location.id}`
  await post(`${at}/fulfillment-providers`, { add: ['manual_manual'] })
  const withSet = await post(`${at}/fulfillment-sets?fields=fulfillment_sets.id`, { name, type: 'shipping' })
  const set = withSet.stock_location.fulfillment_sets[0].id
  const { fulfillment_set } = await post(`/admin/fulfillment-sets/${set}/service-zones`, {
    name,
    geo_zones: [{ type: 'country', country_code: 'dk' }],
  })
  const { shipping_profile } = await post('/admin/shipping-profiles', { name, type: 'default' })
  return { location: stock_location.id, set, zone: fulfillment_set.service_zones[0].id, profile: shipping_profile.id }
}
