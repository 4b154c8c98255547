import { createWorld, type World } from '../../support/index.ts'

let world: World
beforeAll(async () => {
  world = await createWorld()
})
afterAll(() => world.stop())

const path = '/admin/sales-channels'
const create = (body: unknown) => world.request('POST', path, body)

test('a sales channel is created, filtered, updated and deleted', async () => {
  const { status, body } = await create({ name: 'Web shop', description: 'For everybody' })
  expect(status).toBe(200)
  const { id, created_at, updated_at } = body.sales_channel
  expect(id).toMatch(/^sc_[0-9A-HJKMNP-TV-Z]{26}$/)
  expect(body.sales_channel).toEqual({
    id,
    name: 'Web shop',
    description: 'For everybody',
    is_disabled: false,
    created_at,
    updated_at,
    deleted_at: null,
    metadata: null,
  })
  await create({ name: 'Till', is_disabled: true })
  const found = async (query: string) => {
    const { body } = await world.request('GET', `${path}?${query}`)
    return [body.sales_channels.map(({ name }: { name: string }) => name), body.count, body.limit]
  }
  expect(await found('q=everyb&limit=5')).toEqual([['Web shop'], 1, 5])
  expect(await found('is_disabled=true')).toEqual([['Till'], 1, 20])
  expect(await found('name[]=Till&name[]=Web+shop&order=name')).toEqual([['Till', 'Web shop'], 2, 20])
  const changed = await world.request('POST', `${path}/${id}`, { is_disabled: true, description: null })
  expect(changed.body.sales_channel).toMatchObject({ id, is_disabled: true, description: null, name: 'Web shop' })
  expect((await world.request('DELETE', `${path}/${id}`)).body).toEqual({ id, object: 'sales-channel', deleted: true })
  expect((await world.request('GET', `${path}/${id}`)).status).toBe(404)
  const events = await world.sql(`select name from turri.event where data ->> 'id' = $1 order by id`, [id])
  expect(events.map(({ name }) => name)).toEqual([
    'sales-channel.created',
    'sales-channel.updated',
    'sales-channel.deleted',
  ])
})

test('products are added to a channel and removed', async () => {
  const { id } = (await create({ name: 'Market' })).body.sales_channel
  const options = [{ title: 'Size', values: ['M'] }]
  const made = await world.request('POST', '/admin/products', { title: 'Bolt', options })
  const product = made.body.product.id as string
  const soldIn = async () => {
    const { body } = await world.request('GET', `/admin/products/${product}?fields=sales_channels.id`)
    return body.product.sales_channels.map((channel: { id: string }) => channel.id)
  }
  const link = (body: unknown) => world.request('POST', `${path}/${id}/products`, body)
  expect((await link({ add: [product] })).body.sales_channel).toMatchObject({ id, name: 'Market' })
  expect((await link({ add: [product] })).status).toBe(200)
  expect(await soldIn()).toEqual([id])
  expect((await link({ add: ['prod_none'], remove: [product] })).status).toBe(404)
  expect(await soldIn()).toEqual([id])
  expect((await link({ remove: [product] })).status).toBe(200)
  expect(await soldIn()).toEqual([])
  expect((await world.request('POST', `${path}/sc_none/products`, { add: [product] })).status).toBe(404)
})

test.each([
  [{}, "Invalid request: Field 'name' is required"],
  [{ name: 1 }, "Invalid request: Expected type: 'string' for field 'name', got: '1'"],
  [{ name: 'x', is_disabled: 'no' }, "Invalid request: Expected type: 'boolean' for field 'is_disabled', got: 'no'"],
  [{ name: 'x', colour: 'red' }, "Invalid request: Unrecognized fields: 'colour'"],
])('the body %j is refused', async (body, message) => {
  const answer = await create(body)
  expect([answer.status, answer.body]).toEqual([400, { type: 'invalid_data', message }])
})

test('the default channel of the store cannot be deleted', async () => {
  const { body } = await world.request('GET', '/admin/stores')
  const id = body.stores[0].default_sales_channel_id
  const { status, body: refused } = await world.request('DELETE', `${path}/${id}`)
  expect([status, refused]).toEqual([
    400,
    { type: 'not_allowed', message: `Sales channel ${id} is the default of the store and cannot be deleted` },
  ])
  expect((await world.request('GET', `${path}/${id}`)).status).toBe(200)
})
