/** The store, regions, taxes, sales channel and publishable key of the demo shop. */
import { type Admin, ensure, find } from './admin.ts'
import { type DemoRegion, regions } from './data/places.ts'

const DEFAULT_NAME = 'Turritopsis Store'
const NAME = 'Tidewater Goods'

export interface Store {
  id: string
  name: string
  default_sales_channel_id: string | null
  default_region_id: string | null
  default_location_id: string | null
  supported_currencies: { currency_code: string; is_default: boolean }[]
}

export interface Region {
  id: string
  name: string
  currency_code: string
  countries: { iso_2: string }[]
}

/** @throws if there is none: a worker creates it when it starts. */
export async function retrieveStore(admin: Admin): Promise<Store> {
  const store = await find<Store>(admin, ['/admin/stores', 'stores'], {})
  if (!store) throw new Error('The shop has no store yet: a worker creates it when it starts. Is one running?')
  admin.within(store.id)
  return store
}

/** Countries that are already in another region stay there. */
export async function seedRegions(admin: Admin): Promise<Region[]> {
  const seeded: Region[] = []
  for (const region of regions) seeded.push(await seedRegion(admin, region))
  await seedTaxRegions(admin)
  return seeded
}

async function seedRegion(admin: Admin, { name, currency_code, is_tax_inclusive, countries }: DemoRegion) {
  const path = '/admin/regions'
  const fields = 'id,name,currency_code,countries.iso_2'
  const { regions: existing } = await admin.get<{ regions: Region[] }>(path, { limit: 1000, fields })
  const taken = new Set(existing.flatMap((one) => one.countries.map(({ iso_2 }) => iso_2)))
  const isOurs = (one: Region) => one.name === name && one.currency_code === currency_code
  const found = () => find<Region>(admin, [path, 'regions'], { fields, name, currency_code }, isOurs)
  return ensure(admin, found, path, () => ({
    name,
    currency_code,
    is_tax_inclusive,
    countries: Object.keys(countries).filter((code) => !taken.has(code)),
    payment_providers: ['pp_system_default'],
  }))
}

async function seedTaxRegions(admin: Admin): Promise<void> {
  const path = '/admin/tax-regions'
  for (const [country_code, rate] of regions.flatMap(({ countries }) => Object.entries(countries))) {
    const found = () => find(admin, [path, 'tax_regions'], { country_code, parent_id: 'null', fields: 'id' })
    await ensure(admin, found, path, () => ({
      country_code,
      provider_id: 'tp_system',
      ...(rate !== undefined && { default_tax_rate: { name: 'VAT', code: `VAT-${country_code.toUpperCase()}`, rate } }),
    }))
  }
}

/** The default sales channel of the store, or a new one. */
export async function seedSalesChannel(admin: Admin, store: Store): Promise<string> {
  if (store.default_sales_channel_id) return store.default_sales_channel_id
  const path = '/admin/sales-channels'
  const name = 'Default Sales Channel'
  const found = () => find<{ id: string }>(admin, [path, 'sales_channels'], { name, fields: 'id' })
  return (await ensure(admin, found, path, () => ({ name }))).id
}

interface ApiKey {
  id: string
  title: string
  token: string
  revoked_at: string | null
  sales_channels: { id: string }[]
}

/** An existing publishable key of the sales channel, or a new one. */
export async function seedKey(admin: Admin, channel: string): Promise<string> {
  const path = '/admin/api-keys'
  const title = `${NAME} storefront`
  const findKey = (matches: (key: ApiKey) => boolean) => () =>
    find<ApiKey>(admin, [path, 'api_keys'], { type: 'publishable' }, (key) => !key.revoked_at && matches(key))
  const hasChannel = (key: ApiKey) => key.sales_channels.some(({ id }) => id === channel)
  const existing = await findKey(hasChannel)()
  if (existing) return existing.token
  const key = await ensure(
    admin,
    findKey((one) => one.title === title),
    path,
    () => ({ title, type: 'publishable' }),
  )
  await admin.set(`${path}/${key.id}/sales-channels`, { add: [channel] })
  return key.token
}

/** Adds both currencies and the defaults that the store lacks; everything else stays. */
export async function seedStore(
  admin: Admin,
  store: Store,
  { channel, region, location }: StoreDefaults,
): Promise<void> {
  const change = {
    ...(store.name === DEFAULT_NAME && { name: NAME }),
    ...missingCurrencies(store),
    ...(!store.default_sales_channel_id && { default_sales_channel_id: channel }),
    ...(!store.default_region_id && { default_region_id: region }),
    ...(!store.default_location_id && { default_location_id: location }),
  }
  if (Object.keys(change).length > 0) await admin.set(`/admin/stores/${store.id}`, change)
}

interface StoreDefaults {
  channel: string
  region: string
  location: string
}

/** Tax preferences are set only if the store has not been changed yet. */
function missingCurrencies({ name, supported_currencies }: Store) {
  const current = supported_currencies.map(({ currency_code, is_default }) => ({ currency_code, is_default }))
  const missing = regions.filter((region) => current.every((one) => one.currency_code !== region.currency_code))
  if (missing.length === 0) return {}
  const added = missing.map(({ currency_code }, i) => ({ currency_code, is_default: current.length === 0 && i === 0 }))
  const all = [...current, ...added]
  return { supported_currencies: name === DEFAULT_NAME ? all.map(withTaxPreference) : all }
}

function withTaxPreference<C extends { currency_code: string }>(currency: C) {
  const region = regions.find(({ currency_code }) => currency_code === currency.currency_code)
  return { ...currency, ...(region && { is_tax_inclusive: region.is_tax_inclusive }) }
}
