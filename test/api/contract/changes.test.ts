/** What a change answers where something is not there, taken, or goes: in the words of the API, and with nothing half done. */
import { createWorld, type World } from '../../support/index.ts'
import { type Seeded, seed } from './seed.ts'
import { rowsOf } from './tables.ts'

let world: World
let shop: Seeded
beforeAll(async () => {
  world = await createWorld()
  shop = await seed(world)
})
afterAll(() => world.stop())

const answerTo = async (method: string, path: string, body?: unknown) => {
  const { status, body: answer } = await world.request(method, path, body)
  return [status, answer]
}
const notFound = (message: string) => [404, { type: 'not_found', message }]

/** Plain entities: what creates one, what changes one, and what an answer to its deletion calls it. */
const ENTITIES = rowsOf(`
path | one | title | create | change | object
/admin/api-keys | api_key | Api Key | {"title":"x","type":"publishable"} | {"title":"y"} | api_key
/admin/campaigns | campaign | Campaign | {"name":"x","campaign_identifier":"x"} | {"name":"y"} | campaign
/admin/collections | collection | Product Collection | {"title":"x"} | {"title":"y"} | collection
/admin/inventory-items | inventory_item | Inventory Item | {"sku":"x"} | {"title":"y"} | inventory_item
/admin/price-lists | price_list | Price List | {"title":"x","description":"x"} | {"title":"y"} | price_list
/admin/price-preferences | price_preference | Price Preference | {"attribute":"region_id","value":"x"} | {"is_tax_inclusive":true} | price_preference
/admin/product-categories | product_category | Product Category | {"name":"x"} | {"name":"y"} | product_category
/admin/product-options | product_option | Product Option | {"title":"x","values":["a"]} | {"title":"y"} | product_option
/admin/product-tags | product_tag | Product Tag | {"value":"x"} | {"value":"y"} | product_tag
/admin/product-types | product_type | Product Type | {"value":"x"} | {"value":"y"} | product_type
/admin/regions | region | Region | {"name":"x","currency_code":"eur"} | {"name":"y"} | region
/admin/sales-channels | sales_channel | Sales Channel | {"name":"x"} | {"name":"y"} | sales-channel
/admin/shipping-option-types | shipping_option_type | Shipping Option Type | {"label":"x","code":"x"} | {"label":"y"} | shipping_option_type
/admin/shipping-profiles | shipping_profile | Shipping Profile | {"name":"x","type":"x"} | {"name":"y"} | shipping_profile
/admin/stock-locations | stock_location | Stock Location | {"name":"x"} | {"name":"y"} | stock_location
/admin/tax-regions | tax_region | Tax Region | {"country_code":"de"} | {"metadata":{"a":1}} | tax_region
`).map((entity) => [entity.path!, entity] as const)

describe('a plain entity', () => {
  test.each(ENTITIES)('%s is created, updated and deleted, and then 404', async (path, entity) => {
    const { one, title, object } = entity as Record<'one' | 'title' | 'object', string>
    const created = await world.request('POST', `${path}?fields=%2Bid`, JSON.parse(entity.create!))
    expect([created.status, Object.keys(created.body)]).toEqual([200, [one]])
    expect(created.headers.get('x-workflow-id')).toBeTruthy()
    const { id } = created.body[one]
    const at = `${path}/${id}`
    expect(Object.keys((await world.request('GET', at)).body[one])).toEqual(Object.keys(created.body[one]))
    const change = JSON.parse(entity.change!)
    expect((await world.request('POST', at, change)).body[one]).toMatchObject({ id, ...change })
    if (path === '/admin/api-keys') await world.request('POST', `${at}/revoke`, {})
    expect(await answerTo('DELETE', at)).toEqual([200, { id, object, deleted: true }])
    const [status, answer] = await answerTo('GET', at)
    expect([status, answer]).toEqual(notFound(`${title} with id: ${id} ${title === 'Region' ? '' : 'was '}not found`))
    expect(await answerTo('POST', at, change)).toEqual(
      notFound(`${title.replaceAll(' ', '')} with id "${id}" not found`),
    )
    expect((await world.request('DELETE', at)).status).toBe(404)
  })

  test.each(ENTITIES)('%s changes nothing if its response cannot be built', async (path, { create }) => {
    const { count } = (await world.request('GET', `${path}?limit=0`)).body
    const deep = `fields=${Array.from('abcdefghijk').join('.')}`
    for (const query of ['colour=red', deep, 'fields[a]=b']) {
      const { status, body } = await world.request('POST', `${path}?${query}`, JSON.parse(create!))
      expect([query, status, body.type]).toEqual([query, 400, 'invalid_data'])
    }
    expect((await world.request('GET', `${path}?limit=0`)).body.count).toBe(count)
  })
})

describe('unique columns', () => {
  test.each([
    ['/admin/campaigns', { name: 'x', campaign_identifier: 'may' }, 'Promotion Campaign with campaign_identifier: may'],
    ['/admin/collections', { title: 'Summer' }, 'Product Collection with handle: summer'],
    ['/admin/inventory-items', { sku: 'BOX' }, 'Inventory Item with sku: BOX'],
    [
      '/admin/price-preferences',
      { attribute: 'region_id', value: 'other' },
      'Price Preference with attribute, value: region_id, other',
    ],
    ['/admin/product-categories', { name: 'Shirts' }, 'Product Category with handle: shirts'],
    ['/admin/product-tags', { value: 'new' }, 'Product Tag with value: new'],
    ['/admin/product-types', { value: 'shirt' }, 'Product Type with value: shirt'],
    ['/admin/products', { title: 'Shirt', options: [{ title: 'a', values: ['b'] }] }, 'Product with handle: shirt'],
    ['/admin/shipping-profiles', { name: 'Shipping 1', type: 'x' }, 'Shipping Profile with name: Shipping 1'],
  ])('%s says what is taken', async (path, body, text) => {
    expect(await answerTo('POST', path, body)).toEqual([
      400,
      { type: 'invalid_data', message: `${text}, already exists.` },
    ])
  })
})

describe('references to rows that do not exist', () => {
  const relationship = (key: string, id = 'none') =>
    notFound(`You tried to set relationship ${key}: ${id}, but such entity does not exist`)

  test.each([
    ['/admin/tax-rates', { name: 'x', code: 'x', tax_region_id: 'none' }, relationship('tax_region_id')],
    [
      '/admin/products',
      { title: 'x', type_id: 'none', options: [{ title: 'a', values: ['b'] }] },
      relationship('type_id'),
    ],
    [
      '/admin/products',
      { title: 'y', collection_id: 'none', options: [{ title: 'a', values: ['b'] }] },
      relationship('collection_id'),
    ],
  ])('POST %s %j names it', async (path, body, refusal) => {
    expect(await answerTo('POST', path, body)).toEqual(refusal)
  })

  test.each([
    ['/admin/api-keys/{id}/sales-channels', 'SalesChannel id not found: none'],
    ['/admin/campaigns/{id}/promotions', 'Promotion with id: none was not found'],
    ['/admin/collections/{id}/products', 'Product with id "none" not found'],
    ['/admin/product-categories/{id}/products', 'Product with id: none was not found'],
    ['/admin/sales-channels/{id}/products', 'Product id not found: none'],
    ['/admin/stock-locations/{id}/sales-channels', 'SalesChannel id not found: none'],
    ['/admin/stock-locations/{id}/fulfillment-providers', 'FulfillmentProvider id not found: none'],
  ])('%s links only what is there', async (path, message) => {
    expect(await answerTo('POST', shop.filled(path), { add: ['none', 'none'] })).toEqual(notFound(message))
    const [status] = await answerTo('POST', shop.filled(path), { remove: ['none'] })
    expect(status).toBe(200)
    expect((await answerTo('POST', path.replace('{id}', 'none'), { add: [] }))[0]).toBe(404)
  })

  test('a variant is updated only through its product', async () => {
    const { variants } = (await world.request('GET', shop.filled('/admin/products/{id}'))).body.product
    const body = {
      title: 'Other',
      options: [{ title: 'Size', values: ['S'] }],
      variants: [{ title: 'S', options: { Size: 'S' }, prices: [] }],
    }
    const { product: other } = (await world.request('POST', '/admin/products', body)).body
    const item = shop.filled('/admin/inventory-items/{id}').split('/').at(-1)
    const needed = { inventory_item_id: item, required_quantity: 2 }
    const at = `/admin/products/${other.id}/variants`
    const refusal = notFound(`Product Variant with id: ${variants[0].id} was not found`)
    expect(await answerTo('POST', `${at}/${variants[0].id}/inventory-items`, needed)).toEqual(refusal)
    const pair = { variant_id: variants[0].id, ...needed }
    expect(await answerTo('POST', `${at}/inventory-items/batch`, { create: [pair] })).toEqual(refusal)
    const mine = { ...pair, variant_id: other.variants[0].id }
    expect(await answerTo('POST', `${at}/inventory-items/batch`, { create: [mine] })).toEqual([
      200,
      { created: [mine], updated: [], deleted: [] },
    ])
    const links = await world.sql(
      'select variant_id from link.product_variant_inventory_item where inventory_item_id = $1 and deleted_at is null',
      [item],
    )
    expect(links).toEqual([{ variant_id: mine.variant_id }])
  })
})

describe('in the storefront', () => {
  const get = (path: string) => world.request('GET', path, undefined, { 'x-publishable-api-key': shop.key })

  test('payment providers are listed for a region', async () => {
    const { body } = await get(shop.filled('/store/payment-providers'))
    expect(body.payment_providers).toEqual([{ id: 'pp_system_default', is_enabled: true }])
    expect((await get('/store/payment-providers?region_id=none')).body.count).toBe(0)
    expect((await get('/store/payment-providers')).body.message).toBe("Invalid request: Field 'region_id' is required")
    expect((await get('/store/payment-providers?region_id=')).body).toEqual({
      type: 'not_allowed',
      message: 'You must provide the region_id to list payment providers',
    })
  })

  test('only published products of the key are listed, as are their variants', async () => {
    const options = [{ title: 'Size', values: ['M'] }]
    const variants = [{ title: 'M', options: { Size: 'M' }, prices: [] }]
    const channel = (await world.request('POST', '/admin/sales-channels', { name: 'Shop' })).body.sales_channel
    const mine = { id: shop.filled('/admin/sales-channels/{id}').split('/').at(-1) }
    for (const [title, status, at] of [
      ['Draft', 'draft', mine],
      ['Elsewhere', 'published', { id: channel.id }],
    ] as const) {
      await world.request('POST', '/admin/products', { title, status, options, variants, sales_channels: [at] })
    }
    const titles = (await get('/store/products')).body.products.map(({ title }: { title: string }) => title)
    expect(titles).toEqual(['Shirt'])
    const skus = (await get('/store/product-variants')).body.variants.map(({ sku }: { sku: string }) => sku)
    expect(skus).toEqual(['SHIRT-M'])
  })
})
