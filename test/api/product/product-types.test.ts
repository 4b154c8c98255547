import { createWorld, type World } from '../../support/index.ts'

let world: World
beforeAll(async () => {
  world = await createWorld()
})
afterAll(() => world.stop())

const path = '/admin/product-types'
const create = (body: unknown) => world.request('POST', path, body)

test('a type is created, listed, filtered, updated and deleted', async () => {
  const { status, body } = await create({ value: 'shirt', metadata: { a: 1 } })
  expect(status).toBe(200)
  const { id, created_at, updated_at } = body.product_type
  expect(id).toMatch(/^ptyp_[0-9A-HJKMNP-TV-Z]{26}$/)
  const type = { id, value: 'shirt', external_id: null, created_at, updated_at, metadata: { a: 1 } }
  expect(body).toEqual({ product_type: type })
  const page = { product_types: [type], count: 1, offset: 0, limit: 10 }
  expect((await world.request('GET', `${path}?q=hir&value[]=shirt`)).body).toEqual(page)
  const changed = await world.request('POST', `${path}/${id}?fields=value`, { value: 'trousers' })
  expect(changed.body).toEqual({ product_type: { id, value: 'trousers' } })
  expect((await world.request('DELETE', `${path}/${id}`)).body).toEqual({ id, object: 'product_type', deleted: true })
  expect((await world.request('GET', `${path}/${id}`)).body).toEqual({
    type: 'not_found',
    message: `Product Type with id: ${id} was not found`,
  })
  const events = await world.sql(`select name from turri.event where data ->> 'id' = $1 order by id`, [id])
  expect(events.map(({ name }) => name)).toEqual([
    'product-type.created',
    'product-type.updated',
    'product-type.deleted',
  ])
})

test('a value is unique and free again when its type is deleted', async () => {
  const { id } = (await create({ value: 'hat' })).body.product_type
  expect((await create({ value: 'hat' })).body).toEqual({
    type: 'invalid_data',
    message: 'Product Type with value: hat, already exists.',
  })
  await world.request('DELETE', `${path}/${id}`)
  expect((await create({ value: 'hat' })).status).toBe(200)
})

test('a deleted type is not returned with products', async () => {
  const { id } = (await create({ value: 'scarf' })).body.product_type
  const { body } = await world.request('POST', '/admin/products', {
    title: 'Scarf',
    options: [{ title: 'Size', values: ['M'] }],
    type_id: id,
  })
  const product = `/admin/products/${body.product.id}?fields=type_id,type.value`
  expect((await world.request('GET', product)).body.product).toMatchObject({ type_id: id, type: { value: 'scarf' } })
  await world.request('DELETE', `${path}/${id}`)
  expect((await world.request('GET', product)).body.product).toMatchObject({ type_id: id, type: null })
})
