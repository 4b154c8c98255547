import { createWorld, type World } from '../../support/index.ts'

let world: World
beforeAll(async () => {
  world = await createWorld()
})
afterAll(() => world.stop())

const path = '/admin/product-tags'
const create = (body: unknown) => world.request('POST', path, body)

test('a tag is created, listed, filtered, updated and deleted', async () => {
  const { status, body } = await create({ value: 'summer', metadata: { a: 1, b: 2 } })
  expect(status).toBe(200)
  const { id, created_at, updated_at } = body.product_tag
  expect(id).toMatch(/^ptag_[0-9A-HJKMNP-TV-Z]{26}$/)
  const tag = { id, value: 'summer', external_id: null, created_at, updated_at, metadata: { a: 1, b: 2 } }
  expect(body).toEqual({ product_tag: tag })
  expect((await world.request('GET', `${path}?q=umme&value[]=summer`)).body).toEqual({
    product_tags: [tag],
    count: 1,
    offset: 0,
    limit: 20,
  })
  const changed = await world.request('POST', `${path}/${id}?fields=value,metadata`, {
    value: 'winter',
    metadata: { a: '', c: 3 },
  })
  expect(changed.body).toEqual({ product_tag: { id, value: 'winter', metadata: { b: 2, c: 3 } } })
  expect((await world.request('POST', `${path}/${id}?fields=metadata`, { metadata: null })).body.product_tag).toEqual({
    id,
    metadata: null,
  })
  expect((await world.request('DELETE', `${path}/${id}`)).body).toEqual({ id, object: 'product_tag', deleted: true })
  expect((await world.request('GET', `${path}/${id}`)).status).toBe(404)
  expect((await create({ value: 'winter' })).status).toBe(200)
})

test('a change is one step with its events', async () => {
  const { headers, body } = await create({ value: 'once' })
  const of = [headers.get('x-workflow-id')]
  expect(await world.sql('select method from turri.receipt where workflow_id = $1', of)).toEqual([
    { method: 'createProductTags' },
  ])
  expect(await world.sql('select name, data from turri.event where workflow_id = $1', of)).toEqual([
    { name: 'product-tag.created', data: { id: body.product_tag.id } },
  ])
})

test('invalid requests are refused with a reason and change nothing', async () => {
  await create({ value: 'taken' })
  const refusals = [
    [await create({ value: 'taken' }), 'Product Tag with value: taken, already exists.'],
    [await create({}), "Invalid request: Field 'value' is required"],
    [await create({ value: 1 }), "Invalid request: Expected type: 'string' for field 'value', got: '1'"],
    [await create({ value: 'x', colour: 'red' }), "Invalid request: Unrecognized fields: 'colour'"],
    [
      await world.request('GET', `${path}?limit=-1`),
      "Invalid request: Value for field 'limit' too small, expected at least: '0'",
    ],
  ] as const
  for (const [{ status, body }, message] of refusals) {
    expect([status, body]).toEqual([400, { type: 'invalid_data', message }])
  }
  expect((await world.request('GET', `${path}?value=taken`)).body.count).toBe(1)
})

test('a request without a body is treated as one with an empty object', async () => {
  const message = "Invalid request: Field 'value' is required"
  for (const headers of [{}, { 'content-type': 'application/json' }] as Record<string, string>[]) {
    const answer = await world.request('POST', path, undefined, headers)
    expect([answer.status, answer.body.message]).toEqual([400, message])
  }
  const synced = await world.request('POST', '/admin/brands/sync')
  expect(synced.status).toBe(200)
})
