import { createWorld, type World } from '../../support/index.ts'

let world: World
beforeAll(async () => {
  world = await createWorld()
})
afterAll(() => world.stop())

const path = '/admin/collections'
const create = (body: unknown) => world.request('POST', path, body)

async function collection(title: string): Promise<string> {
  return (await create({ title })).body.collection.id
}

async function product(title: string, more = {}): Promise<string> {
  const options = [{ title: 'Size', values: ['M'] }]
  return (await world.request('POST', '/admin/products', { title, options, ...more })).body.product.id
}

async function productsOf(id: string): Promise<string[]> {
  const { body } = await world.request('GET', `${path}/${id}?fields=products.title`)
  return body.collection.products.map(({ title }: { title: string }) => title)
}

test('a collection is created with a handle from its title, listed, updated and deleted', async () => {
  const { status, body } = await create({ title: 'Été & Soleil', additional_data: { for: 'hooks' } })
  expect(status).toBe(200)
  const { id, created_at, updated_at } = body.collection
  expect(id).toMatch(/^pcol_[0-9A-HJKMNP-TV-Z]{26}$/)
  const whole = {
    ...{ id, title: 'Été & Soleil', handle: 'été-soleil', external_id: null, created_at, updated_at, metadata: null },
  }
  expect(body).toEqual({ collection: whole })
  expect((await world.request('GET', `${path}?q=soleil`)).body).toEqual({
    ...{ collections: [whole], count: 1, offset: 0, limit: 10 },
  })
  const changed = await world.request('POST', `${path}/${id}?fields=title,handle`, { title: 'Winter' })
  expect(changed.body).toEqual({ collection: { id, title: 'Winter', handle: 'été-soleil' } })
  expect((await world.request('DELETE', `${path}/${id}`)).body).toEqual({ id, object: 'collection', deleted: true })
  const events = await world.sql(`select name from turri.event where data ->> 'id' = $1 order by id`, [id])
  expect(events.map(({ name }) => name)).toEqual([
    'product-collection.created',
    'product-collection.updated',
    'product-collection.deleted',
  ])
})

test('a handle is unique; a title without letters gets one, too', async () => {
  await create({ title: 'One', handle: 'mine' })
  expect((await create({ title: 'Two', handle: 'mine' })).body).toEqual({
    type: 'invalid_data',
    message: 'Product Collection with handle: mine, already exists.',
  })
  expect((await create({ title: '!!!' })).body.collection.handle).toMatch(/^pcol-[0-9a-z]{26}$/)
})

test('products are added to a collection and removed in one step', async () => {
  const [one, other] = [await collection('Put one'), await collection('Put other')]
  const [a, b, c] = [await product('Put a'), await product('Put b'), await product('Put c')]
  const { headers, body } = await world.request('POST', `${path}/${one}/products`, { add: [a, b] })
  expect(body.collection).toMatchObject({ id: one, title: 'Put one' })
  const of = [headers.get('x-workflow-id')]
  expect(await world.sql('select method from turri.receipt where workflow_id = $1', of)).toHaveLength(1)
  await world.request('POST', `${path}/${other}/products`, { add: [b, c] })
  await world.request('POST', `${path}/${one}/products`, { add: [c], remove: [a, b] })
  expect([await productsOf(one), await productsOf(other)]).toEqual([['Put c'], ['Put b']])
})

test('adding products is refused if a product or the collection does not exist', async () => {
  const [id, a] = [await collection('Absent'), await product('Absent a')]
  const missing = await world.request('POST', `${path}/${id}/products`, { add: [a, 'prod_none'] })
  expect([missing.status, missing.body.message]).toEqual([404, 'Product with id "prod_none" not found'])
  const nowhere = await world.request('POST', `${path}/pcol_none/products`, { add: [a] })
  expect([nowhere.status, nowhere.body.message]).toEqual([404, 'Product Collection with id: pcol_none was not found'])
  expect(await productsOf(id)).toEqual([])
})

test('products of a deleted collection have none', async () => {
  const id = await collection('Gone')
  const a = await product('Gone a', { collection_id: id })
  await world.request('DELETE', `${path}/${id}`)
  const { body } = await world.request('GET', `/admin/products/${a}?fields=collection_id,*collection`)
  expect(body.product).toEqual({ id: a, collection_id: id, collection: null })
  const found = await world.request('GET', `/admin/products?collection[title]=Gone`)
  expect(found.status).toBe(400)
})
