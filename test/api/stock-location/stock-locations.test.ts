import { fieldsOf } from '../../support/fields-of.ts'
import { createWorld, type World } from '../../support/index.ts'
import { createShipping, flatOption } from '../../support/shipping.ts'

let world: World
beforeAll(async () => {
  world = await createWorld()
})
afterAll(() => world.stop())

const path = '/admin/stock-locations'
const create = async (body: unknown) => {
  const answer = await world.request('POST', path, body)
  expect([answer.status, answer.body.message]).toEqual([200, undefined])
  return answer.body.stock_location
}
const address = { address_1: 'Dock 1', city: 'Berlin', country_code: 'de', postal_code: '10115' }
const methodsOf = async (headers: Headers) =>
  (
    await world.sql<{ method: string }>(
      'select method from turri.receipt where workflow_id = $1 order by finished_at',
      [headers.get('x-workflow-id')],
    )
  ).map(({ method }) => method)

test('a location is created with its address, filtered, updated and deleted', async () => {
  const location = await create({ name: ' Harbour ', address, metadata: { a: 1 } })
  expect(location).toEqual({
    id: expect.stringMatching(/^sloc_[0-9A-HJKMNP-TV-Z]{26}$/),
    name: 'Harbour',
    metadata: { a: 1 },
    created_at: location.created_at,
    updated_at: location.updated_at,
    address: {
      ...address,
      id: expect.stringMatching(/^laddr_/),
      address_2: null,
      phone: null,
      province: null,
      metadata: null,
    },
  })
  const found = await world.request('GET', `${path}?q=berlin&name[]=Harbour`)
  expect(found.body).toEqual({ stock_locations: [location], count: 1, offset: 0, limit: 20 })
  const changed = await world.request('POST', `${path}/${location.id}?fields=name,*address`, {
    name: 'Pier',
    address: { address_1: 'Dock 2', country_code: 'de' },
  })
  expect(changed.body.stock_location).toMatchObject({
    name: 'Pier',
    address: { id: location.address.id, address_1: 'Dock 2', city: 'Berlin' },
  })
  const gone = await world.request('DELETE', `${path}/${location.id}`)
  expect(gone.body).toEqual({ id: location.id, object: 'stock_location', deleted: true })
  const after = await world.request('GET', `${path}/${location.id}`)
  expect([after.status, after.body]).toEqual([
    404,
    { type: 'not_found', message: `Stock Location with id: ${location.id} was not found` },
  ])
})

test('an address can be added later and shared with another location', async () => {
  const first = await create({ name: 'First' })
  expect(first.address).toBeNull()
  const { body } = await world.request('POST', `${path}/${first.id}`, { address })
  expect(body.stock_location.address).toMatchObject(address)
  const second = await create({ name: 'Second', address_id: body.stock_location.address.id })
  expect(second.address.id).toBe(body.stock_location.address.id)
  const filtered = await world.request('GET', `${path}?address_id=${second.address.id}`)
  expect(filtered.body.count).toBe(2)
})

test('fulfillment providers are linked to a location and filtered by it', async () => {
  const { location } = await createShipping(world)
  const at = `${path}/${location}/fulfillment-providers`
  const withProviders = '?fields=fulfillment_providers.id'
  const providers = `/admin/fulfillment-providers?stock_location_id=${location}`
  expect((await world.request('GET', providers)).body).toEqual({
    fulfillment_providers: [{ id: 'manual_manual', is_enabled: true }],
    count: 1,
    offset: 0,
    limit: 50,
  })
  const again = await world.request('POST', at + withProviders, { add: ['manual_manual'] })
  expect(again.body.stock_location.fulfillment_providers).toEqual([{ id: 'manual_manual' }])
  const none = await world.request('POST', at + withProviders, { remove: ['manual_manual'] })
  expect(none.body.stock_location.fulfillment_providers).toEqual([])
  expect((await world.request('GET', providers)).body.count).toBe(0)
})

test('sales channels are linked to a location and filtered by it', async () => {
  const { location } = await createShipping(world)
  const { sales_channel } = (await world.request('POST', '/admin/sales-channels', { name: 'Till' })).body
  const at = `${path}/${location}/sales-channels`
  const added = await world.request('POST', `${at}?fields=sales_channels.name`, { add: [sales_channel.id] })
  expect(added.body.stock_location.sales_channels).toEqual([{ name: 'Till' }])
  const found = async () => {
    const { body } = await world.request('GET', `${path}?sales_channel_id=${sales_channel.id}&fields=id`)
    return body.stock_locations
  }
  expect(await found()).toEqual([{ id: location }])
  const refused = await world.request('POST', at, { add: ['sc_none'], remove: [sales_channel.id] })
  expect([refused.status, refused.body.message]).toEqual([404, 'SalesChannel id not found: sc_none'])
  expect(await found()).toEqual([{ id: location }])
  expect((await world.request('POST', at, { remove: [sales_channel.id] })).status).toBe(200)
  expect(await found()).toEqual([])
})

test('the fulfillment options of a provider are listed', async () => {
  await createShipping(world)
  const offered = await world.request('GET', '/admin/fulfillment-providers/manual_manual/options')
  expect(offered.body).toEqual({
    fulfillment_options: [{ id: 'manual-fulfillment' }, { id: 'manual-fulfillment-return', is_return: true }],
    count: 2,
    offset: 0,
    limit: 2,
  })
  expect((await world.request('GET', '/admin/fulfillment-providers/none/options')).status).toBe(404)
})

test('responses have the fields that clients expect', async () => {
  const { location } = await createShipping(world)
  await world.request('POST', `${path}/${location}`, { address })
  const own = ['created_at', 'id', 'metadata', 'name', 'updated_at']
  const ofAddress = [
    'address_1',
    'address_2',
    'city',
    'country_code',
    'id',
    'metadata',
    'phone',
    'postal_code',
    'province',
  ]
  const shown = (await world.request('GET', `${path}/${location}`)).body.stock_location
  expect(fieldsOf(shown)).toEqual([...own, 'address', ...ofAddress.map((name) => `address.${name}`)].sort())
  const { fulfillment_sets } = (await world.request('GET', `${path}/${location}?fields=*fulfillment_sets`)).body
    .stock_location
  expect(fieldsOf(fulfillment_sets[0])).toEqual(
    ['created_at', 'deleted_at', 'id', 'metadata', 'name', 'type', 'updated_at'].sort(),
  )
})

test('deleting a location deletes its fulfillment sets, shipping options and prices', async () => {
  const from = await createShipping(world)
  const { location, set, zone } = from
  const wanted = flatOption(from, {
    prices: [{ currency_code: 'eur', amount: 5 }],
    rules: [{ attribute: 'is_return', operator: 'eq', value: 'false' }],
  })
  const option = await world.request('POST', '/admin/shipping-options', wanted)
  expect(option.status).toBe(200)
  const { headers } = await world.request('DELETE', `${path}/${location}`)
  expect(await methodsOf(headers)).toEqual(['deleteStockLocations'])
  const left = await world.sql(
    `select 'set' as what from fulfillment.fulfillment_set where id = $1 and deleted_at is null
     union all select 'zone' from fulfillment.service_zone where id = $2 and deleted_at is null
     union all select 'place' from fulfillment.geo_zone where service_zone_id = $2 and deleted_at is null
     union all select 'option' from fulfillment.shipping_option where id = $3 and deleted_at is null
     union all select 'rule' from fulfillment.shipping_option_rule where shipping_option_id = $3 and deleted_at is null
     union all select 'price' from pricing.price where id = $4 and deleted_at is null
     union all select 'link' from link.location_fulfillment_set where stock_location_id = $5 and deleted_at is null
     union all select 'link' from link.location_fulfillment_provider where stock_location_id = $5 and deleted_at is null`,
    [set, zone, option.body.shipping_option.id, option.body.shipping_option.prices[0].id, location],
  )
  expect(left).toEqual([])
})

test('invalid requests are refused with a reason and change nothing', async () => {
  const { id } = await create({ name: 'Wrong' })
  const { location } = await createShipping(world)
  const [{ name }] = (await world.sql<{ name: string }>('select name from fulfillment.fulfillment_set limit 1')) as [
    { name: string },
  ]
  const post = (at: string, body: unknown) => world.request('POST', `${path}/${at}`, body)
  const refusals = [
    [await world.request('POST', path, {}), 400, "Invalid request: Field 'name' is required"],
    [
      await world.request('POST', path, { name: 'x', address: { address_1: 'x' } }),
      400,
      "Invalid request: Field 'address, country_code' is required",
    ],
    [
      await world.request('POST', path, { name: 'x', address_id: 'laddr_none' }),
      404,
      'You tried to set relationship address_id: laddr_none, but such entity does not exist',
    ],
    [
      await post(id, { address_id: 'laddr_none' }),
      404,
      'You tried to set relationship address_id: laddr_none, but such entity does not exist',
    ],
    [await post('sloc_none', { name: 'x' }), 404, 'StockLocation with id "sloc_none" not found'],
    [await post('sloc_none', { address }), 404, 'StockLocation with id "sloc_none" not found'],
    [
      await post(`${id}/fulfillment-providers`, { add: ['manual_manual', 'ship_ship'] }),
      404,
      'FulfillmentProvider id not found: ship_ship',
    ],
    [await post('sloc_none/fulfillment-providers', { add: [] }), 404, 'StockLocation id not found: sloc_none'],
    [
      await post('sloc_none/fulfillment-sets', { name: 'Orphan', type: 'x' }),
      404,
      'StockLocation id not found: sloc_none',
    ],
    [
      await post(`${location}/fulfillment-sets`, { name, type: 'shipping' }),
      400,
      `Fulfillment Set with name: ${name}, already exists.`,
    ],
  ] as const
  for (const [{ status, body }, expected, message] of refusals)
    expect([status, body.message]).toEqual([expected, message])
  expect((await world.request('GET', `${path}?name=x`)).body.count).toBe(0)
  expect((await world.request('GET', `${path}/${id}?fields=address_id,fulfillment_providers.id`)).body).toEqual({
    stock_location: { id, address_id: null, fulfillment_providers: [] },
  })
  const orphans = `select from fulfillment.fulfillment_set where name = 'Orphan' and deleted_at is null`
  expect(await world.sql(orphans)).toEqual([])
})
