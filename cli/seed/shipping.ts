/** The stock location, service zones and shipping options of the demo shop. */
import { type Admin, ensure, find } from './admin.ts'
import { type DemoRegion, location as demo, regions } from './data/places.ts'

const PROVIDER = 'manual_manual'

export interface Shipping {
  location: string
  profile: string
  options: string[]
}

interface Row {
  id: string
}

interface Zone extends Row {
  name: string
}

interface Location extends Row {
  sales_channels: Row[]
  fulfillment_providers: Row[]
  fulfillment_sets: { id: string; name: string; service_zones: Zone[] }[]
}

export async function seedShipping(admin: Admin, channel: string): Promise<Shipping> {
  const location = await seedLocation(admin, channel)
  const profile = await seedProfile(admin)
  const at = `/admin/stock-locations/${location.id}`
  const set = await ensure(
    admin,
    async () => (await locationNamed(admin))?.fulfillment_sets.find(({ name }) => name === demo.fulfillmentSet),
    `${at}/fulfillment-sets`,
    () => ({ name: demo.fulfillmentSet, type: 'shipping' }),
  )
  const options: string[] = []
  for (const region of regions) {
    const zone = await seedZone(admin, set.id, region)
    for (const option of region.shipping) options.push(await seedOption(admin, option, zone.id, profile))
  }
  return { location: location.id, profile, options }
}

const LOCATION = [
  ...['id', 'sales_channels.id', 'fulfillment_providers.id', 'fulfillment_sets.id', 'fulfillment_sets.name'],
  ...['fulfillment_sets.service_zones.id', 'fulfillment_sets.service_zones.name'],
].join()

function locationNamed(admin: Admin): Promise<Location | undefined> {
  const query = { name: demo.name, fields: LOCATION }
  return find<Location>(admin, ['/admin/stock-locations', 'stock_locations'], query)
}

async function seedLocation(admin: Admin, channel: string): Promise<Location> {
  const path = '/admin/stock-locations'
  const { name, address } = demo
  const location = await ensure(
    admin,
    () => locationNamed(admin),
    path,
    () => ({ name, address }),
  )
  const lacks = (rows: Row[], wantedId: string) => rows.every(({ id }) => id !== wantedId)
  const at = `${path}/${location.id}`
  if (lacks(location.sales_channels, channel)) await admin.set(`${at}/sales-channels`, { add: [channel] })
  if (lacks(location.fulfillment_providers, PROVIDER))
    await admin.set(`${at}/fulfillment-providers`, { add: [PROVIDER] })
  return location
}

async function seedProfile(admin: Admin): Promise<string> {
  const path = '/admin/shipping-profiles'
  const found = () => find<Row>(admin, [path, 'shipping_profiles'], { type: 'default', fields: 'id' })
  return (await ensure(admin, found, path, () => ({ name: 'Default Shipping Profile', type: 'default' }))).id
}

function seedZone(admin: Admin, set: string, { zone: name, countries }: DemoRegion): Promise<Zone> {
  const found = async () => {
    const zones = (await locationNamed(admin))?.fulfillment_sets.flatMap(({ service_zones }) => service_zones)
    return zones?.find((zone) => zone.name === name)
  }
  const geo_zones = Object.keys(countries).map((country_code) => ({ type: 'country', country_code }))
  return ensure(admin, found, `/admin/fulfillment-sets/${set}/service-zones`, () => ({ name, geo_zones }))
}

async function seedOption(
  admin: Admin,
  { name, code, description, amounts }: DemoRegion['shipping'][number],
  service_zone_id: string,
  shipping_profile_id: string,
): Promise<string> {
  const path = '/admin/shipping-options'
  const found = () =>
    find<Zone>(
      admin,
      [path, 'shipping_options'],
      { service_zone_id, fields: 'id,name' },
      (option) => option.name === name,
    )
  const option = await ensure(admin, found, path, () => ({
    name,
    service_zone_id,
    shipping_profile_id,
    provider_id: PROVIDER,
    price_type: 'flat',
    type: { label: name, description, code },
    prices: Object.entries(amounts).map(([currency_code, amount]) => ({ currency_code, amount })),
    rules: [
      { attribute: 'enabled_in_store', operator: 'eq', value: 'true' },
      { attribute: 'is_return', operator: 'eq', value: 'false' },
    ],
  }))
  return option.id
}
