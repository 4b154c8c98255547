import { setUpFulfillment } from '../../../workflows/index.ts'
import { createWorld, type World } from '../../support/index.ts'
import { createShipping, flatOption } from '../../support/shipping.ts'

let world: World
beforeAll(async () => {
  world = await createWorld()
})
afterAll(() => world.stop())

const path = '/admin/shipping-profiles'
const create = async (body: unknown) => (await world.request('POST', path, body)).body.shipping_profile

test('a profile is created, listed, filtered, updated and deleted', async () => {
  const profile = await create({ name: 'Heavy', type: 'heavy', metadata: { a: 1 } })
  const { id, created_at, updated_at } = profile
  expect(id).toMatch(/^sp_/)
  expect(profile).toEqual({ id, name: 'Heavy', type: 'heavy', metadata: { a: 1 }, created_at, updated_at })
  expect((await world.request('GET', `${path}?type=heavy`)).body).toEqual({
    shipping_profiles: [profile],
    count: 1,
    offset: 0,
    limit: 20,
  })
  const changed = await world.request('POST', `${path}/${id}?fields=name,type`, { name: 'Bulky' })
  expect(changed.body).toEqual({ shipping_profile: { id, name: 'Bulky', type: 'heavy' } })
  expect((await world.request('DELETE', `${path}/${id}`)).body).toEqual({
    id,
    object: 'shipping_profile',
    deleted: true,
  })
  expect((await world.request('GET', `${path}/${id}`)).status).toBe(404)
})

test('setting up creates only what is missing, even if it runs twice at once', async () => {
  await Promise.all(Array.from({ length: 4 }, () => world.run(setUpFulfillment, undefined)))
  const defaults = async () => (await world.request('GET', `${path}?type=default&fields=name`)).body.shipping_profiles
  const [profile, ...others] = await defaults()
  expect([profile.name, others]).toEqual(['Default Shipping Profile', []])
  await world.request('POST', `${path}/${profile.id}`, { name: 'Parcel' })
  await world.sql(`insert into fulfillment.fulfillment_provider (id) values ('old_old')`)
  await world.sql(`update fulfillment.fulfillment_provider set is_enabled = false where id = 'manual_manual'`)
  await world.run(setUpFulfillment, undefined)
  expect(await defaults()).toEqual([{ id: profile.id, name: 'Parcel' }])
  const providers = await world.sql('select id, is_enabled from fulfillment.fulfillment_provider order by id')
  expect(providers).toEqual([
    { id: 'manual_manual', is_enabled: true },
    { id: 'old_old', is_enabled: false },
  ])
  const enabled = await world.request('GET', '/admin/fulfillment-providers?is_enabled=true')
  expect(enabled.body.fulfillment_providers).toEqual([{ id: 'manual_manual', is_enabled: true }])
})

test('a profile in use is not deleted', async () => {
  const { zone, profile } = await createShipping(world)
  const option = await world.request('POST', '/admin/shipping-options', flatOption({ zone, profile }))
  const refused = await world.request('DELETE', `${path}/${profile}`)
  expect([refused.status, refused.body]).toEqual([
    400,
    {
      type: 'not_allowed',
      message: `Shipping profiles cannot be deleted while shipping options or products use them: ${profile}`,
    },
  ])
  await world.request('DELETE', `/admin/shipping-options/${option.body.shipping_option.id}`)
  expect((await world.request('DELETE', `${path}/${profile}`)).status).toBe(200)
})

test('a profile of a product is not deleted, and is returned with the product', async () => {
  const { id } = await create({ name: 'Of a product', type: 'x' })
  const product = await world.request('POST', '/admin/products?fields=shipping_profile.name', {
    title: 'Anvil',
    shipping_profile_id: id,
    options: [{ title: 'Size', values: ['M'] }],
  })
  expect(product.body).toMatchObject({ product: { shipping_profile: { name: 'Of a product' } } })
  expect((await world.request('DELETE', `${path}/${id}`)).status).toBe(400)
  await world.request('DELETE', `/admin/products/${product.body.product.id}`)
  expect((await world.request('DELETE', `${path}/${id}`)).status).toBe(200)
})

test('types of shipping options are created, listed, filtered, updated and deleted', async () => {
  const types = '/admin/shipping-option-types'
  const { headers, body } = await world.request('POST', types, { label: 'Express', code: 'express' })
  const { id, created_at, updated_at } = body.shipping_option_type
  const type = { id, label: 'Express', code: 'express', description: null, created_at, updated_at }
  expect(body).toEqual({ shipping_option_type: type })
  const events = await world.sql('select name, data from turri.event where workflow_id = $1', [
    headers.get('x-workflow-id'),
  ])
  expect(events).toEqual([{ name: 'shipping-option-type.created', data: { id } }])
  expect((await world.request('GET', `${types}?q=xpres`)).body).toEqual({
    shipping_option_types: [type],
    count: 1,
    offset: 0,
    limit: 10,
  })
  const changed = await world.request('POST', `${types}/${id}?fields=label`, { label: 'Fast', description: 'Tomorrow' })
  expect(changed.body).toEqual({ shipping_option_type: { id, label: 'Fast' } })
  expect((await world.request('DELETE', `${types}/${id}`)).body).toEqual({
    id,
    object: 'shipping_option_type',
    deleted: true,
  })
})

test('invalid requests are refused with a reason and change nothing', async () => {
  await create({ name: 'Taken', type: 'x' })
  const refusals = [
    [
      await world.request('POST', path, { name: 'Taken', type: 'y' }),
      'Shipping Profile with name: Taken, already exists.',
    ],
    [await world.request('POST', path, { name: 'x' }), "Invalid request: Field 'type' is required"],
    [await world.request('POST', path, { name: 'x', type: 'y', z: 1 }), "Invalid request: Unrecognized fields: 'z'"],
  ] as const
  for (const [{ status, body }, message] of refusals)
    expect([status, body]).toEqual([400, { type: 'invalid_data', message }])
  expect((await world.request('GET', `${path}?name=x`)).body.count).toBe(0)
})
