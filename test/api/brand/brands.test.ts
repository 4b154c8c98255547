import { createWorld, type World } from '../../support/index.ts'

let world: World
beforeAll(async () => {
  world = await createWorld()
})
afterAll(() => world.stop())

const create = (body: unknown) => world.request('POST', '/admin/brands', body)

test('a brand is created, retrieved, updated, listed and deleted', async () => {
  const created = await create({ name: 'Straße & Söhne', website: 'https://example.com', metadata: { since: 1900 } })
  expect(created.status).toBe(200)
  const { brand } = created.body
  expect(brand).toEqual({
    id: expect.stringMatching(/^brand_[0-9A-HJKMNP-TV-Z]{26}$/),
    name: 'Straße & Söhne',
    handle: 'strasse-sohne',
    description: null,
    website: 'https://example.com',
    metadata: { since: 1900 },
    created_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
    updated_at: brand.created_at,
    deleted_at: null,
  })
  expect(created.headers.get('x-workflow-id')).toMatch(/^create-brands\//)
  expect((await world.request('GET', `/admin/brands/${brand.id}`)).body).toEqual({ brand })

  const changed = await world.request('POST', `/admin/brands/${brand.id}`, { description: 'Old', metadata: null })
  expect(changed.body.brand).toEqual({
    ...brand,
    description: 'Old',
    metadata: null,
    updated_at: changed.body.brand.updated_at,
  })
  expect(changed.body.brand.updated_at > brand.updated_at).toBe(true)
  expect((await world.request('GET', '/admin/brands')).body).toEqual({
    brands: [changed.body.brand],
    count: 1,
    limit: 50,
    offset: 0,
  })

  const deleted = await world.request('DELETE', `/admin/brands/${brand.id}`)
  expect(deleted.body).toEqual({ id: brand.id, object: 'brand', deleted: true })
  expect((await world.request('GET', `/admin/brands/${brand.id}`)).status).toBe(404)
  expect((await world.request('GET', '/admin/brands')).body.count).toBe(0)
})

test('a handle is unique and free again after deletion', async () => {
  const first = await create({ name: 'Acme', handle: 'acme' })
  const second = await create({ name: 'Another', handle: 'acme' })
  expect(second.status).toBe(400)
  expect(second.body).toEqual({ type: 'invalid_data', message: 'Brand with handle: acme, already exists.' })
  await world.request('DELETE', `/admin/brands/${first.body.brand.id}`)
  expect((await create({ name: 'Another', handle: 'acme' })).status).toBe(200)
})

test('of ten concurrent requests for one handle, one succeeds', async () => {
  const answers = await Promise.all(Array.from({ length: 10 }, () => create({ name: 'Race', handle: 'race' })))
  expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array(9).fill(400)])
})

test.each([
  [{}, "Invalid request: Field 'name' is required"],
  [{ name: 1 }, "Invalid request: Expected type: 'string' for field 'name', got: '1'"],
  [{ name: 'a', foo: 1, bar: 2 }, "Invalid request: Unrecognized fields: 'foo, bar'"],
  [{ name: '' }, "Invalid request: Value for field 'name' too small, expected at least: '1'"],
  [
    { handle: 5, website: 'nowhere' },
    "Invalid request: Field 'name' is required; Expected type: 'string' for field 'handle', got: '5'; Invalid URL (field 'website')",
  ],
])('the body %j is refused', async (body, message) => {
  const answer = await create(body)
  expect(answer.status).toBe(400)
  expect(answer.body).toEqual({ type: 'invalid_data', message })
})

test('a body that is missing or not JSON is refused', async () => {
  expect(await create('{"name"')).toMatchObject({ status: 400, body: { type: 'invalid_data' } })
  expect(await world.request('POST', '/admin/brands')).toMatchObject({ status: 400, body: { type: 'invalid_data' } })
})

test('a body that is too large is refused with 413', async () => {
  const answer = await create({ name: 'Large', description: 'x'.repeat(200_000) })
  expect(answer).toMatchObject({ status: 413, body: { type: 'unknown_error' } })
  expect(answer.headers.get('connection')).toBe('close')
})

test.each([
  ['a name with NUL', { name: 'a\u0000b' }],
  ['metadata with NUL', { name: 'NUL', metadata: { a: 'a\u0000b' } }],
  ['a key of metadata with NUL', { name: 'NUL key', metadata: { 'a\u0000b': 1 } }],
])('%s is refused, and nothing is left', async (_, body) => {
  const answer = await create(body)
  expect(answer).toMatchObject({ status: 400, body: { type: 'invalid_data', message: expect.stringMatching(/NUL/) } })
  expect((await world.request('GET', `/admin/brands?q=${encodeURIComponent(body.name)}`)).body.count ?? 0).toBe(0)
})

test('a lone surrogate is stored or refused, but never an internal error', async () => {
  const answers = await Promise.all([
    create('{"name":"half \\ud800"}'),
    create('{"name":"half in metadata","metadata":{"a":"\\ud800"}}'),
  ])
  for (const { status } of answers) expect([200, 400]).toContain(status)
})

test('a search or an id with NUL is refused', async () => {
  expect((await world.request('GET', '/admin/brands?q=%00')).status).toBe(400)
  expect((await world.request('GET', '/admin/brands/%00')).status).toBe(400)
})

test('an id that does not exist is 404', async () => {
  const body = { type: 'not_found', message: 'Brand with id: brand_0 was not found' }
  expect(await world.request('GET', '/admin/brands/brand_0')).toMatchObject({ status: 404, body })
  const unchanged = { type: 'not_found', message: 'Brand with id "brand_0" not found' }
  expect(await world.request('POST', '/admin/brands/brand_0', { name: 'x' })).toMatchObject({
    status: 404,
    body: unchanged,
  })
  expect(await world.request('DELETE', '/admin/brands/brand_0')).toMatchObject({ status: 404, body })
})

test('a list is paged, ordered, filtered and searched', async () => {
  const names = ['Search one', 'Search two', 'Search 100%']
  const ids = []
  for (const name of names) ids.push((await create({ name })).body.brand.id)
  const list = async (query: string) => {
    const { body } = await world.request('GET', `/admin/brands?${query}`)
    return [body.brands.map(({ name }: { name: string }) => name), body.count]
  }
  expect(await list('q=search')).toEqual([names, 3])
  expect(await list('q=SEARCH+tw')).toEqual([['Search two'], 1])
  expect(await list('q=100%25')).toEqual([['Search 100%'], 1])
  expect(await list('q=search&order=-name')).toEqual([['Search two', 'Search one', 'Search 100%'], 3])
  expect(await list('q=search&limit=1&offset=1')).toEqual([['Search two'], 3])
  expect(await list('q=search&offset=7')).toEqual([[], 3])
  expect(await list(`id=${ids[0]}&id=${ids[2]}`)).toEqual([['Search one', 'Search 100%'], 2])
  expect(await world.request('GET', '/admin/brands?limit=-1')).toMatchObject({
    status: 400,
    body: { message: "Invalid request: Value for field 'limit' too small, expected at least: '0'" },
  })
  expect(await world.request('GET', '/admin/brands?order=toString')).toMatchObject({ status: 400 })
})

test('an unknown path is 404, and health and readiness are reported', async () => {
  expect(await world.request('GET', '/admin/nothing')).toMatchObject({ status: 404, body: 'Cannot GET /admin/nothing' })
  expect(await world.request('GET', '/health')).toMatchObject({ status: 200, body: 'OK' })
  expect(await world.request('GET', '/ready')).toMatchObject({ status: 200, body: { ready: true } })
})

test('every route is in the OpenAPI document, and the API reference needs no network', async () => {
  const { body } = await world.request('GET', '/openapi.json')
  const served = world.app.routes.filter(
    ({ path, method }) => /^\/(admin|store|auth)\/[^*]+$/.test(path) && method !== 'ALL',
  )
  expect(served.length).toBeGreaterThan(20)
  for (const { path, method } of served) {
    const documented = body.paths[path.replace(/:(\w+)/g, '{$1}')]
    expect(Object.keys(documented ?? {})).toContain(method.toLowerCase())
  }
  const page = await world.request('GET', '/docs')
  const scripts = [...page.body.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, path]) => path)
  expect(scripts).toHaveLength(3)
  for (const path of scripts) expect((await world.request('GET', path)).status).toBe(200)
})
