/** The ways to delete rows of the core: every DELETE of the API, and changes that delete other rows. */
import { sealedAccount } from '../../../cli/user-account.ts'
import { endSession } from '../../../workflows/auth/end-session.ts'
import { createUserAccount } from '../../../workflows/user/create-user-account.ts'
import type { World } from '../world.ts'

/** A seeded shop. */
export interface Shop {
  world: World
  /** Fills a path of the API with ids of the shop. */
  filled: (path: string) => string
}

/** A request that deletes; default: to the path of its name, filled by the shop, without a body */
interface Sent {
  path?: string
  body?: object
  /** Runs a workflow with this id instead of a request. */
  run?: (workflowId: string) => Promise<unknown>
}

/** Creates what the deletion needs. */
export type Way = (shop: Shop) => Promise<Sent>

const asItIs: Way = async () => ({})

export const WAYS: Record<string, Way> = {
  'DELETE /admin/api-keys/{id}': async (shop) => {
    const { api_key } = await post(shop, 'api-keys', { title: 'a', type: 'publishable' })
    await post(shop, `api-keys/${api_key.id}/sales-channels`, { add: [idIn(shop, '/admin/sales-channels/{id}')] })
    await post(shop, `api-keys/${api_key.id}/revoke`)
    return { path: `/admin/api-keys/${api_key.id}` }
  },
  'DELETE /admin/brands/{id}': async (shop) => ({ path: `/admin/brands/${(await branded(shop)).brand_id}` }),
  'DELETE /admin/brand-collections/{id}': async (shop) => ({
    path: `/admin/brand-collections/${(await branded(shop)).collection_id}`,
  }),
  'DELETE /admin/campaigns/{id}': async (shop) => {
    await shop.world.sql(
      `insert into promotion.promotion_campaign_budget_usage (id, budget_id, attribute_value, used)
       select 'used', id, 'somebody', 1 from promotion.promotion_campaign_budget where campaign_id = $1`,
      [idIn(shop, '/admin/campaigns/{id}')],
    )
    return {}
  },
  'DELETE /admin/collections/{id}': asItIs,
  'DELETE /admin/fulfillment-sets/{id}': asItIs,
  'DELETE /admin/fulfillment-sets/{id}/service-zones/{zone_id}': asItIs,
  'DELETE /admin/inventory-items/{id}': async (shop) => ({ path: `/admin/inventory-items/${await stocked(shop)}` }),
  'DELETE /admin/inventory-items/{id}/location-levels/{location_id}': async (shop) => ({
    path: `/admin/inventory-items/${await stocked(shop)}/location-levels/${idIn(shop, '/admin/stock-locations/{id}')}`,
  }),
  'DELETE /admin/price-lists/{id}': async (shop) => {
    const [variant_id, region_id] = [idIn(shop, VARIANT), idIn(shop, '/admin/regions/{id}')]
    const { price_list } = await post(shop, 'price-lists', {
      ...{ title: 'Ruled', description: 'By rules', rules: { region_id: [region_id] } },
      prices: [{ variant_id, currency_code: 'dkk', amount: 3, rules: { region_id } }],
    })
    return { path: `/admin/price-lists/${price_list.id}` }
  },
  'DELETE /admin/price-preferences/{id}': asItIs,
  'DELETE /admin/product-categories/{id}': asItIs,
  'DELETE /admin/product-options/{id}': async (shop) => ({ path: `/admin/product-options/${(await option(shop)).id}` }),
  'DELETE /admin/product-options/{id}/values/{value_id}': async (shop) => {
    const { id, values } = await option(shop)
    return { path: `/admin/product-options/${id}/values/${values[0].id}` }
  },
  'DELETE /admin/product-tags/{id}': asItIs,
  'DELETE /admin/product-types/{id}': asItIs,
  'DELETE /admin/products/{id}': async (shop) => {
    const { product } = (await shop.world.request('GET', shop.filled('/admin/products/{id}'))).body
    const shipping_profile_id = idIn(shop, '/admin/shipping-profiles/{id}')
    await post(shop, `products/${product.id}`, { shipping_profile_id })
    const images = { add: [product.images[0].id] }
    await post(shop, `products/${product.id}/variants/${idIn(shop, VARIANT)}/images/batch`, images)
    return {}
  },
  'DELETE /admin/products/{id}/variants/{variant_id}': asItIs,
  'DELETE /admin/products/{id}/variants/{variant_id}/inventory-items/{inventory_item_id}': async (shop) => {
    const needed = 'select inventory_item_id from link.product_variant_inventory_item where variant_id = $1'
    const [link] = await shop.world.sql(needed, [idIn(shop, VARIANT)])
    return { path: `${shop.filled(VARIANT)}/inventory-items/${link!.inventory_item_id}` }
  },
  'DELETE /admin/promotions/{id}': asItIs,
  'DELETE /admin/regions/{id}': asItIs,
  'DELETE /admin/reservations/{id}': asItIs,
  'DELETE /admin/sales-channels/{id}': async (shop) => {
    const location = idIn(shop, '/admin/stock-locations/{id}')
    await post(shop, `stock-locations/${location}/sales-channels`, { add: [idIn(shop, '/admin/sales-channels/{id}')] })
    return {}
  },
  'DELETE /admin/shipping-option-types/{id}': async (shop) => {
    const { shipping_option_type } = await post(shop, 'shipping-option-types', { label: 'Free', code: 'free' })
    return { path: `/admin/shipping-option-types/${shipping_option_type.id}` }
  },
  'DELETE /admin/shipping-options/{id}': asItIs,
  'DELETE /admin/shipping-profiles/{id}': async (shop) => {
    const { shipping_profile } = await post(shop, 'shipping-profiles', { name: 'Free', type: 'free' })
    return { path: `/admin/shipping-profiles/${shipping_profile.id}` }
  },
  'DELETE /admin/stock-locations/{id}': asItIs,
  'DELETE /admin/tax-rates/{id}': async (shop) => ({ path: `/admin/tax-rates/${(await ruledRate(shop)).id}` }),
  'DELETE /admin/tax-rates/{id}/rules/{rule_id}': async (shop) => {
    const { id, rules } = await ruledRate(shop)
    return { path: `/admin/tax-rates/${id}/rules/${rules[0].id}` }
  },
  'DELETE /admin/tax-regions/{id}': asItIs,
  'DELETE /admin/users/{id}': async ({ world }) => {
    const identity = { entity_id: 'b@shop.test', provider_metadata: {} }
    const account = sealedAccount({ email: 'b@shop.test' }, identity, world.config.secrets)
    return { path: `/admin/users/${(await world.run(createUserAccount, account)).id}` }
  },
  'DELETE /auth/session': async ({ world }) => {
    await world.sql(`insert into auth.ended_session (id, ends_at) values ('sess_old', now() - interval '1 day')`)
    const session = { id: 'sess_new', ends_at: '2100-01-01T00:00:00Z' }
    return { run: (workflowId) => world.run(endSession, session, workflowId) }
  },
  'POST /admin/products/{id}': async () => ({ body: { tags: [], categories: [], images: [] } }),
  'POST /admin/products/{id}/variants/{variant_id}': async (shop) => {
    await post(shop, `product-options/${idIn(shop, '/admin/product-options/{id}')}`, { values: ['M', 'XL'] })
    return { body: { options: { Size: 'XL' } } }
  },
  'POST /admin/promotions/{id}/rules/batch': async (shop) => {
    const { promotion } = (await shop.world.request('GET', shop.filled('/admin/promotions/{id}'))).body
    return { body: { delete: [promotion.rules[0].id] } }
  },
  'POST /admin/stores/{id}': async (shop) => {
    const [dkk, sek] = [{ currency_code: 'dkk', is_default: true }, { currency_code: 'sek' }]
    const [danish, swedish] = [{ locale_code: 'da-DK' }, { locale_code: 'sv-SE' }]
    const both = { supported_currencies: [dkk, sek], supported_locales: [danish, swedish] }
    await post(shop, `stores/${idIn(shop, '/admin/stores/{id}')}`, both)
    return { body: { supported_currencies: [dkk], supported_locales: [danish] } }
  },
}

const VARIANT = '/admin/products/{id}/variants/{variant_id}'

const idIn = ({ filled }: Shop, path: string) => filled(path).split('/').at(-1)!

async function post({ world }: Shop, path: string, body: object = {}) {
  const answer = await world.request('POST', `/admin/${path}`, body)
  if (answer.status !== 200) throw new Error(`POST ${path}: ${JSON.stringify(answer.body)}`)
  return answer.body
}

const names = { count: 0 }
const another = (name: string) => `${name}-${++names.count}`

async function branded(shop: Shop): Promise<{ brand_id: string; collection_id: string }> {
  const { brand } = await post(shop, 'brands', { name: another('Acme') })
  const { brand_collection } = await post(shop, 'brand-collections', { title: 'Spring', handle: another('spring') })
  await post(shop, `brand-collections/${brand_collection.id}/brands`, { add: [{ id: brand.id }] })
  return { brand_id: brand.id, collection_id: brand_collection.id }
}

async function stocked(shop: Shop): Promise<string> {
  const { inventory_item } = await post(shop, 'inventory-items', { sku: another('SKU') })
  const location_id = idIn(shop, '/admin/stock-locations/{id}')
  await post(shop, `inventory-items/${inventory_item.id}/location-levels`, { location_id })
  return inventory_item.id
}

async function option(shop: Shop) {
  return (await post(shop, 'product-options', { title: another('Cut'), values: ['wide', 'slim'] })).product_option
}

async function ruledRate(shop: Shop) {
  const tax_region_id = idIn(shop, '/admin/tax-regions/{id}')
  const rules = [{ reference: 'product', reference_id: idIn(shop, '/admin/products/{id}') }]
  const rate = { tax_region_id, name: 'Low', code: another('low'), rate: 5, rules }
  return (await post(shop, 'tax-rates?fields=id,rules.id', rate)).tax_rate
}
