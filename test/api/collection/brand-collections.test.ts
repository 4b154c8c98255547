import { createWorld, type World } from '../../support/index.ts'

let world: World
beforeAll(async () => {
  world = await createWorld()
})
afterAll(() => world.stop())

const path = '/admin/brand-collections'

async function brand(name: string): Promise<string> {
  return (await world.request('POST', '/admin/brands', { name })).body.brand.id
}

async function collection(title: string, more = {}): Promise<string> {
  return (await world.request('POST', path, { title, ...more })).body.brand_collection.id
}

/** What a read answers, and how many statements it took. */
async function read(address: string) {
  const before = world.statements.length
  const { status, body } = await world.request('GET', address)
  return { status, body, statements: world.statements.length - before }
}

test('brands are linked to a collection with ranks, and read from both sides in one statement', async () => {
  const [anvil, bolt, cog] = [await brand('Anvil'), await brand('Bolt'), await brand('Cog')]
  const nearby = await collection('Made nearby')
  const linked = await world.request('POST', `${path}/${nearby}/brands?fields=id,brands.name`, {
    add: [{ id: cog, rank: 1 }, { id: bolt, rank: 2 }, anvil],
  })
  expect(linked.body).toEqual({
    brand_collection: { id: nearby, brands: [{ name: 'Cog' }, { name: 'Bolt' }, { name: 'Anvil' }] },
  })
  const workflowId = linked.headers.get('x-workflow-id')
  expect(workflowId).toMatch(/^link-brands-to-collection\//)
  const receipts = await world.sql('select method, kind from turri.receipt where workflow_id = $1 order by step_key', [
    workflowId,
  ])
  expect(receipts).toEqual([{ method: 'changeLinks', kind: 'write' }])

  const across = await read(`${path}?id=${nearby}&fields=*brands,+brands_link.rank`)
  expect(across.statements).toBe(1)
  expect(across.body.brand_collections[0]).toMatchObject({
    title: 'Made nearby',
    brands: [{ id: cog, handle: 'cog' }, { id: bolt }, { id: anvil }],
    brands_link: [{ rank: 1 }, { rank: 2 }, { rank: null }],
  })
  expect(await read(`/admin/brands?fields=+collections.title&id=${bolt}`)).toMatchObject({
    statements: 1,
    body: { brands: [{ id: bolt, name: 'Bolt', collections: [{ title: 'Made nearby' }] }], count: 1 },
  })
  expect(await read(`${path}?brands[handle]=cog&fields=id`)).toEqual({
    status: 200,
    statements: 1,
    body: { brand_collections: [{ id: nearby }], count: 1, offset: 0, limit: 50 },
  })
  expect((await read(`${path}/${nearby}?fields=brands.collections.title`)).statements).toBe(1)
})

test('linking again changes only the rank, and removing what is not linked is no error', async () => {
  const [one, two] = [await brand('Once'), await brand('Twice')]
  const id = await collection('Again')
  const post = (body: unknown) => world.request('POST', `${path}/${id}/brands?fields=brands.id`, body)
  await post({ add: [{ id: one, rank: 5 }, two] })
  const rows = () =>
    world.sql(
      'select id, brand_id, rank from link.collection_brand where collection_id = $1 and deleted_at is null order by brand_id',
      [id],
    )
  const before = await rows()
  expect(await post({ add: [one, one] })).toMatchObject({ status: 200 })
  expect(await rows()).toEqual(before)
  expect(await post({ add: [{ id: one, rank: 7 }] })).toMatchObject({ status: 200 })
  expect(await rows()).toEqual([{ ...before[0], rank: 7 }, before[1]])
  expect((await post({ remove: [two] })).body.brand_collection.brands).toEqual([{ id: one }])
  expect(await post({ remove: [two, 'brand_0'] })).toMatchObject({ status: 200 })
  expect((await post({ add: [two], remove: [one] })).body.brand_collection.brands).toEqual([{ id: two }])
})

test('ten concurrent requests that link the same brand all succeed and leave one row', async () => {
  const [id, other] = [await collection('Rush'), await brand('Rush')]
  const answers = await Promise.all(
    Array.from({ length: 10 }, () => world.request('POST', `${path}/${id}/brands`, { add: [other] })),
  )
  expect(answers.map(({ status }) => status)).toEqual(Array(10).fill(200))
  expect(await world.sql('select 1 from link.collection_brand where collection_id = $1', [id])).toHaveLength(1)
})

test('linking something that does not exist is refused and links nothing', async () => {
  const [id, there] = [await collection('Whole'), await brand('There')]
  expect(await world.request('POST', `${path}/${id}/brands`, { add: [there, 'brand_0'] })).toMatchObject({
    status: 404,
    body: { type: 'not_found', message: 'Brand id not found: brand_0' },
  })
  expect(await world.request('POST', `${path}/brcol_0/brands`, { add: [there] })).toMatchObject({
    status: 404,
    body: { message: 'BrandCollection id not found: brcol_0' },
  })
  expect((await read(`${path}/${id}?fields=brands.id`)).body.brand_collection.brands).toEqual([])
})

test('deleting either side removes the link', async () => {
  const [gone, stays] = [await brand('Gone'), await brand('Stays')]
  const [closed, open] = [await collection('Closed'), await collection('Open')]
  for (const id of [closed, open]) await world.request('POST', `${path}/${id}/brands`, { add: [gone, stays] })
  expect((await world.request('DELETE', `/admin/brands/${gone}`)).status).toBe(200)
  expect((await world.request('DELETE', `${path}/${closed}`)).body).toEqual({
    id: closed,
    object: 'brand-collection',
    deleted: true,
  })
  const left = await world.sql(
    'select collection_id, brand_id from link.collection_brand where deleted_at is null and collection_id = any($1)',
    [[closed, open]],
  )
  expect(left).toEqual([{ collection_id: open, brand_id: stays }])
  expect((await read(`/admin/brands/${stays}?fields=collections.title`)).body.brand.collections).toEqual([
    { title: 'Open' },
  ])
})

test('the journal undoes links like any row', async () => {
  const [first, second] = [await brand('Back'), await brand('Forth')]
  const id = await collection('Undone')
  const brands = async () => (await read(`${path}/${id}?fields=brands.id`)).body.brand_collection.brands
  await world.request('POST', `${path}/${id}/brands`, { add: [{ id: first, rank: 1 }] })
  const changed = await world.request('POST', `${path}/${id}/brands`, { add: [second], remove: [first] })
  expect(await brands()).toEqual([{ id: second }])
  const workflow = changed.headers.get('x-workflow-id')
  const undone = await world.request('POST', `/admin/workflows-executions/${workflow}/undo`)
  expect(undone).toMatchObject({ status: 200, body: { rows: 2 } })
  expect(await brands()).toEqual([{ id: first }])
})

test('CMS pages are joined in one batch for a list', async () => {
  const ids = [await brand('Paged one'), await brand('Paged two'), await brand('Unpaged')]
  for (const id of ids.slice(0, 2)) world.cms.items.set(id, { id, name: `Page of ${id}`, handle: id.toLowerCase() })
  const nearby = await collection('Paged', { cms_page_id: ids[0] })
  await world.request('POST', `${path}/${nearby}/brands`, { add: ids })
  const before = world.cms.requests.length
  const answer = await read(`${path}?id=${nearby}&fields=title,cms_page.name,brands.id,brands.cms_page.*`)
  expect(answer.statements).toBe(1)
  expect(answer.body.brand_collections).toEqual([
    {
      id: nearby,
      title: 'Paged',
      cms_page: { name: `Page of ${ids[0]}` },
      brands: [
        { id: ids[0], cms_page: { id: ids[0], name: `Page of ${ids[0]}`, handle: ids[0]!.toLowerCase() } },
        { id: ids[1], cms_page: { id: ids[1], name: `Page of ${ids[1]}`, handle: ids[1]!.toLowerCase() } },
        { id: ids[2], cms_page: null },
      ],
    },
  ])
  expect(world.cms.requests.slice(before).sort()).toEqual(['GET 1', 'GET 3'])
  world.cms.goDown()
  expect(await read(`${path}?id=${nearby}&fields=cms_page.name`)).toMatchObject({
    status: 503,
    body: { code: 'CMS_UNAVAILABLE' },
  })
  expect((await read(`${path}?id=${nearby}`)).status).toBe(200)
  world.cms.recover()
})

test('the response of a change has the requested fields', async () => {
  const answer = await world.request('POST', `${path}?fields=title,brands.name`, { title: 'Asked' })
  expect(answer.body).toEqual({ brand_collection: { id: expect.any(String), title: 'Asked', brands: [] } })
})

test.each([
  [
    'fields=-metadata,-created_at,-updated_at,-deleted_at,-handle',
    { id: expect.any(String), title: 'Solo', cms_page_id: null },
  ],
  ['fields=', { id: expect.any(String) }],
  ['fields=title,nothing,brands_link.nothing', { id: expect.any(String), title: 'Solo', brands_link: [] }],
])('the query %s is answered', async (query, row) => {
  await world.sql("delete from collection.brand_collection where title = 'Solo'")
  const id = await collection('Solo')
  expect((await read(`${path}/${id}?${query}`)).body.brand_collection).toEqual(row)
})

test.each([
  ['order=nothing', 'column brand_collection.nothing does not exist'],
  ['order=cms_page.name', 'Order field cms_page.name is not valid'],
  ['nothing=1', "Invalid request: Unrecognized fields: 'nothing'"],
  ['limit=ten', "Invalid request: Expected type: 'number' for field 'limit', got: 'ten'"],
  ['limit=-1', "Invalid request: Value for field 'limit' too small, expected at least: '0'"],
  ['a.b.c=1', 'Key accessor more than 2 levels deep: a.b.c'],
  ['created_at[$gte]=yesterday', "Invalid request: Expected type: 'date' for field 'created_at', got: 'yesterday'"],
  ['title[$re]=(', 'The pattern is not valid: invalid regular expression: parentheses () not balanced'],
  ['title[$contains]=a', 'The operator $contains cannot be used on title: it is not JSON'],
  ['q=a+b+c+d+e+f+g+h+i+j+k', 'The text of q has more than 10 words'],
])('the query %s is refused', async (query, message) => {
  expect(await read(`${path}?${query}`)).toMatchObject({ status: 400, body: { type: 'invalid_data', message } })
})

test('query strings support lists, operators, dots and booleans', async () => {
  const ids = [await collection('Kite'), await collection('Lamp'), await collection('Moth')]
  const titles = async (query: string) =>
    (await read(`${path}?${query}`)).body.brand_collections.map(({ title }: { title: string }) => title)
  const among = `&id[]=${ids[0]}&id[]=${ids[1]}&id[]=${ids[2]}`
  expect(await titles(`id[]=${ids.join(',')}`)).toEqual(['Kite', 'Lamp', 'Moth'])
  expect(await titles(`id[0]=${ids[2]}&id[1]=${ids[0]}`)).toEqual(['Kite', 'Moth'])
  expect(await titles(`title[$ilike]=%25AM%25${among}`)).toEqual(['Lamp'])
  expect(await titles(`title[$nin][]=Kite&title[$nin][]=Moth${among}`)).toEqual(['Lamp'])
  expect(await titles(`$or[0][title]=Kite&$or[1][handle]=moth${among}`)).toEqual(['Kite', 'Moth'])
  expect(await titles(`$or[0][$and][0][title]=Kite&$or[0][$and][1][handle]=kite&$or[1][title]=Moth${among}`)).toEqual([
    'Kite',
    'Moth',
  ])
  expect(await titles(`$and[0][title][$gt]=Kite&$and[1][title][$lt]=Moth${among}`)).toEqual(['Lamp'])
  expect(await titles(`created_at[$gte]=2001-01-01&created_at[$lt]=2002-01-01${among}`)).toEqual([])
  expect(await titles(`order=-title&limit=2${among}`)).toEqual(['Moth', 'Lamp'])
  await world.request('DELETE', `${path}/${ids[1]}`)
  expect(await titles(among.slice(1))).toEqual(['Kite', 'Moth'])
  expect(await titles(`with_deleted=true${among}`)).toEqual(['Kite', 'Lamp', 'Moth'])
  expect(await titles(`with_deleted=false${among}`)).toEqual(['Kite', 'Moth'])
  expect(await titles('brands.name=Nobody')).toEqual([])
})
