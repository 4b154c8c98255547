/** Hooks: what a project adds to the core's changes happens with them, or not at all. */
import { hooked } from '../support/hooks/project.ts'
import { createWorld, type World } from '../support/index.ts'

let world: World
beforeAll(async () => {
  world = await createWorld({ project: hooked })
})
afterAll(() => world.stop())
beforeEach(async () => {
  world.cms.items.clear()
  await world.sql('truncate red.thing cascade')
})

/** What the handlers have noted so far, in their order. */
async function told(): Promise<Record<string, unknown>[]> {
  const rows = await world.sql<{ note: string }>('select note from red.thing order by created_at')
  return rows.map(({ note }) => {
    const [hook, input] = [note.slice(0, note.indexOf(' ')), note.slice(note.indexOf(' ') + 1)]
    return { hook, ...JSON.parse(input) }
  })
}
const namesOf = async () => (await told()).map(({ hook }) => hook).filter((hook) => hook !== 'too')

async function post(path: string, body: unknown = {}) {
  const answer = await world.request('POST', `/admin/${path}`, body)
  expect({ path, ...answer }).toMatchObject({ status: 200 })
  return answer.body
}

const remove = async (path: string) =>
  expect(await world.request('DELETE', `/admin/${path}`)).toMatchObject({ status: 200 })

const additional_data = { shelf: 7 }
const product = (title: string, more: object = {}) => ({ title, options: [{ title: 'Size', values: ['S'] }], ...more })

test.each([
  ['product-tags', 'product_tag', { value: 'a' }, 'productTags'],
  ['product-types', 'product_type', { value: 'a' }, 'productTypes'],
  ['product-options', 'product_option', { title: 'Cut', values: ['wide'] }, 'productOptions'],
  ['shipping-option-types', 'shipping_option_type', { label: 'a', code: 'a', description: 'a' }, 'shippingOptionTypes'],
])('those of %s', async (path, one, body, hooks) => {
  const { id } = (await post(path, body))[one]
  await post(`${path}/${id}`, {
    metadata: { a: 1 },
    ...(one === 'shipping_option_type' && { metadata: undefined, label: 'b' }),
  })
  await remove(`${path}/${id}`)
  expect(await told()).toMatchObject([
    { hook: `${hooks}Created`, [`${one}s`]: [{ id }] },
    { hook: `${hooks}Updated`, [`${one}s`]: [{ id }] },
    { hook: `${hooks}Deleted`, ids: [id] },
  ])
})

test.each([
  ['collections', 'collection', 'collections', { title: 'a' }, 'collections'],
  ['product-categories', 'product_category', 'product_categories', { name: 'a' }, 'categories'],
  ['campaigns', 'campaign', 'campaigns', { name: 'a', campaign_identifier: 'a' }, 'campaigns'],
])('those of %s, with additional data, which is not stored', async (path, one, many, body, hooks) => {
  const created = (await post(path, { ...body, additional_data }))[one]
  expect(created).not.toHaveProperty('additional_data')
  await post(`${path}/${created.id}`, {
    description: 'b',
    ...(one === 'collection' && { description: undefined, title: 'b' }),
    additional_data,
  })
  await remove(`${path}/${created.id}`)
  expect(await told()).toMatchObject([
    { hook: `${hooks}Created`, [many]: [{ id: created.id }], additional_data },
    { hook: `${hooks}Updated`, [many]: [{ id: created.id }], additional_data },
    { hook: `${hooks}Deleted`, ids: [created.id] },
  ])
})

test('hooks of promotions, with one for their status', async () => {
  const application_method = { type: 'fixed', target_type: 'order', value: 5, currency_code: 'eur' }
  const { promotion } = await post('promotions', { code: 'A', type: 'standard', application_method, additional_data })
  await post(`promotions/${promotion.id}`, { code: 'B', additional_data })
  await post(`promotions/${promotion.id}`, { status: 'active' })
  await remove(`promotions/${promotion.id}`)
  expect(await told()).toMatchObject([
    { hook: 'promotionsCreated', promotions: [{ id: promotion.id }], additional_data },
    { hook: 'promotionsUpdated', promotions: [{ id: promotion.id }], additional_data },
    { hook: 'promotionStatusUpdated', promotions: [{ id: promotion.id }] },
    { hook: 'promotionsUpdated', promotions: [{ id: promotion.id }] },
    { hook: 'promotionsDeleted', ids: [promotion.id] },
  ])
})

test('hooks of API keys and stock locations', async () => {
  const { api_key } = await post('api-keys', { title: 'a', type: 'publishable' })
  const { stock_location } = await post('stock-locations', { name: 'a' })
  expect(await told()).toMatchObject([
    { hook: 'apiKeysCreated', api_keys: [{ id: api_key.id }] },
    { hook: 'stockLocationsCreated', stock_locations: [{ id: stock_location.id }] },
  ])
})

test('hooks of products and variants', async () => {
  const { id } = (await post('products', product('Shirt', { additional_data }))).product
  await post(`products/${id}`, { title: 'Shirts', additional_data })
  const added = await post(`products/${id}/variants`, {
    title: 'S',
    prices: [],
    options: { Size: 'S' },
    additional_data,
  })
  const [variant] = added.product.variants
  await post(`products/${id}/variants/${variant.id}`, { title: 'Small', additional_data })
  await remove(`products/${id}/variants/${variant.id}`)
  await remove(`products/${id}`)
  expect(await told()).toEqual([
    { hook: 'productsCreated', products: [{ id }], additional_data },
    { hook: 'too' },
    { hook: 'productsUpdated', products: [{ id }], additional_data },
    { hook: 'productVariantsCreated', product_variants: [{ id: variant.id }], additional_data },
    { hook: 'productVariantsUpdated', product_variants: [{ id: variant.id }], additional_data },
    { hook: 'productVariantsDeleted', ids: [variant.id] },
    { hook: 'productOptionsDeleted', ids: [expect.stringMatching(/^opt_/)] },
    { hook: 'productsDeleted', ids: [id] },
  ])
})

test('a batch calls each hook once with all its rows', async () => {
  const first = await post('products/batch', { create: [product('One'), product('Two')] })
  const [one, two] = first.created.map((row: { id: string }) => row.id)
  await post('products/batch', { create: [product('Three')], update: [{ id: one, title: 'Won' }], delete: [two] })
  const later = ['productsCreated', 'productsUpdated', 'productOptionsDeleted', 'productsDeleted']
  expect(await namesOf()).toEqual(['productsCreated', ...later])
  expect((await told())[0]).toEqual({ hook: 'productsCreated', products: [{ id: one }, { id: two }] })
})

test.each([
  ['a handler refuses', { refuse: true }, 'productsCreated is refused'],
  ['another refuses in a saga, which is that of the change', { refuseLate: true }, 'it is too late'],
])('where %s, nothing is left of the change, here or outside', async (_, how, message) => {
  const asked = product('Refused', { additional_data: { cms: true, ...how } })
  const answer = await world.request('POST', '/admin/products', asked)
  expect(answer).toMatchObject({ status: 400, body: { type: 'not_allowed', message } })
  expect(world.cms.requests.some((request) => request.startsWith('POST'))).toBe(true)
  expect(await told()).toEqual([])
  expect([...world.cms.items]).toEqual([])
  expect((await world.request('GET', '/admin/products?title=Refused')).body.count).toBe(0)
})

test('sent again with its key, the change and its handlers are done once', async () => {
  const asked = product('Again', { additional_data: { cms: true } })
  const send = () => world.request('POST', '/admin/products', asked, { 'idempotency-key': 'a key for hooks, once' })
  const [first, second] = [await send(), await send()]
  expect(second.body).toEqual(first.body)
  expect(await namesOf()).toEqual(['productsCreated'])
  expect(world.cms.items.size).toBe(1)
})

test('the steps of a handler are steps of the change, by its name', async () => {
  const answer = await world.request('POST', '/admin/product-tags', { value: 'stepwise' })
  const id = answer.headers.get('x-workflow-id')!
  const { body } = await world.request('GET', `/admin/workflows-executions/${id}`)
  expect(Object.keys(body.workflow_execution.execution.steps)).toEqual([
    '_root.createProductTags#0',
    '_root.productTagsCreated/changeRed#0',
  ])
})
