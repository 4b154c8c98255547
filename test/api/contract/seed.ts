/** A shop with one of everything, so that every list of the tables has a row. */
import { createShipping } from '../../support/shipping.ts'
import type { World } from '../../support/world.ts'

export interface Seeded {
  /** A storefront's key. */
  key: string
  /** A path of the tables, with the ids of what there is. */
  filled: (path: string) => string
}

export async function seed(world: World): Promise<Seeded> {
  const post = async (path: string, body: object, one: string) => {
    const answer = await world.request('POST', `/admin/${path}`, body)
    if (answer.status !== 200) throw new Error(`POST ${path}: ${JSON.stringify(answer.body)}`)
    return answer.body[one]
  }
  const shipping = await createShipping(world)
  const channel = await post('sales-channels', { name: 'Web' }, 'sales_channel')
  const key = await post('api-keys', { title: 'Web', type: 'publishable' }, 'api_key')
  await post(`api-keys/${key.id}/sales-channels`, { add: [channel.id] }, 'api_key')
  const region = await post(
    'regions',
    { name: 'Denmark', currency_code: 'dkk', countries: ['dk'], payment_providers: ['pp_system_default'] },
    'region',
  )
  const campaign = await post(
    'campaigns',
    { name: 'May', campaign_identifier: 'may', budget: { type: 'usage' } },
    'campaign',
  )
  const promotion = await post(
    'promotions',
    {
      ...{ code: 'MAY', type: 'standard', status: 'active', campaign_id: campaign.id },
      application_method: { type: 'fixed', target_type: 'items', allocation: 'across', value: 5, currency_code: 'dkk' },
      rules: [{ attribute: 'region_id', operator: 'eq', values: [region.id] }],
    },
    'promotion',
  )
  const collection = await post('collections', { title: 'Summer' }, 'collection')
  const type = await post('product-types', { value: 'shirt' }, 'product_type')
  const tag = await post('product-tags', { value: 'new' }, 'product_tag')
  const category = await post('product-categories', { name: 'Shirts', is_active: true }, 'product_category')
  const product = await post(
    'products',
    {
      ...{ title: 'Shirt', status: 'published', collection_id: collection.id, type_id: type.id },
      ...{ tags: [{ id: tag.id }], categories: [{ id: category.id }], sales_channels: [{ id: channel.id }] },
      images: [{ url: 'https://shop.test/shirt.png' }],
      options: [{ title: 'Size', values: ['M'] }],
      variants: [
        { title: 'M', sku: 'SHIRT-M', options: { Size: 'M' }, prices: [{ currency_code: 'dkk', amount: 50 }] },
      ],
    },
    'product',
  )
  const [variant] = product.variants
  const [option] = product.options
  const priceList = await post(
    'price-lists',
    {
      ...{ title: 'Sale', description: 'Of summer', rules: { region_id: [region.id] } },
      prices: [{ variant_id: variant.id, currency_code: 'dkk', amount: 40 }],
    },
    'price_list',
  )
  const item = await post('inventory-items', { sku: 'BOX' }, 'inventory_item')
  await post(
    `inventory-items/${item.id}/location-levels`,
    { location_id: shipping.location, stocked_quantity: 9 },
    'inventory_item',
  )
  const reservation = await post(
    'reservations',
    { inventory_item_id: item.id, location_id: shipping.location, quantity: 1 },
    'reservation',
  )
  const preference = await post('price-preferences', { attribute: 'region_id', value: 'other' }, 'price_preference')
  const optionType = await post('shipping-option-types', { label: 'Slow', code: 'slow' }, 'shipping_option_type')
  const shippingOption = await post(
    'shipping-options',
    {
      ...{ name: 'Slow', service_zone_id: shipping.zone, shipping_profile_id: shipping.profile },
      ...{ provider_id: 'manual_manual', price_type: 'flat', type_id: optionType.id },
      prices: [{ currency_code: 'dkk', amount: 5 }],
      rules: [{ attribute: 'is_return', operator: 'eq', value: 'false' }],
    },
    'shipping_option',
  )
  const taxRegion = await post('tax-regions', { country_code: 'dk' }, 'tax_region')
  const taxRate = await post(
    'tax-rates',
    { tax_region_id: taxRegion.id, name: 'VAT', code: 'vat', rate: 25 },
    'tax_rate',
  )
  const { rows } = { rows: (await world.request('GET', '/admin/stores')).body.stores }
  const { user } = (await world.request('GET', '/admin/users/me')).body
  const ids: Record<string, string> = {
    'api-keys': key.id,
    campaigns: campaign.id,
    collections: collection.id,
    'fulfillment-sets': shipping.set,
    'inventory-items': item.id,
    'price-lists': priceList.id,
    'price-preferences': preference.id,
    'product-categories': category.id,
    'product-options': option.id,
    'product-tags': tag.id,
    'product-types': type.id,
    'product-variants': variant.id,
    products: product.id,
    promotions: promotion.id,
    regions: region.id,
    reservations: reservation.id,
    'sales-channels': channel.id,
    'shipping-option-types': optionType.id,
    'shipping-options': shippingOption.id,
    'shipping-profiles': shipping.profile,
    'stock-locations': shipping.location,
    stores: rows[0].id,
    'tax-rates': taxRate.id,
    'tax-regions': taxRegion.id,
    'undo-conflicts': '0',
    users: user.id,
    code: 'dkk',
    location_id: shipping.location,
    value_id: option.values[0].id,
    variant_id: variant.id,
    zone_id: shipping.zone,
  }
  const idOf = (path: string, name: string) => (name === 'id' ? ids[path.split('/')[2]!] : ids[name])
  return {
    key: key.token,
    filled: (path) => {
      const region_id = path === '/store/payment-providers' ? `?region_id=${region.id}` : ''
      return path.replace(/\{(\w+)\}/g, (_, name: string) => idOf(path, name) ?? `no_${name}`) + region_id
    },
  }
}
