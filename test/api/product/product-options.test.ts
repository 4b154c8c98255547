import { createWorld, type World } from '../../support/index.ts'

let world: World
beforeAll(async () => {
  world = await createWorld()
})
afterAll(() => world.stop())

const path = '/admin/product-options'
const create = (body: unknown) => world.request('POST', path, body)
const change = (id: string, body: unknown) => world.request('POST', `${path}/${id}`, body)

interface Value {
  id: string
  value: string
  rank: number | null
}

async function option(title: string, values: string[], more = {}) {
  const { body } = await create({ title, values, ...more })
  return body.product_option as { id: string; values: Value[] }
}

const ranked = (values: Value[]) => values.map(({ value, rank }) => [value, rank])

/** A product with one variant, which has the first value of the option. */
async function productWith(id: string, title: string, value: string): Promise<string> {
  const { body } = await world.request('POST', '/admin/products', {
    title: `With ${title}`,
    options: [{ id }],
    variants: [{ title: 'one', options: { [title]: value }, prices: [] }],
  })
  return body.product.id
}

test('an option is created with its values, listed, filtered and deleted, each in one step', async () => {
  const { status, body, headers } = await create({ title: 'Size', values: ['S', 'M'], ranks: { S: 1, M: 0 } })
  expect(status).toBe(200)
  const { id, created_at, updated_at, values } = body.product_option
  expect(id).toMatch(/^opt_[0-9A-HJKMNP-TV-Z]{26}$/)
  expect(ranked(values)).toEqual([
    ['M', 0],
    ['S', 1],
  ])
  expect(values[0]).toMatchObject({ id: expect.stringMatching(/^optval_/), option_id: id, metadata: null })
  const whole = {
    ...{ id, title: 'Size', is_exclusive: false, values, products: [] },
    ...{ created_at, updated_at, metadata: null },
  }
  expect(body).toEqual({ product_option: whole })
  const of = [headers.get('x-workflow-id')]
  expect(await world.sql('select method from turri.receipt where workflow_id = $1', of)).toHaveLength(1)
  expect((await world.request('GET', `${path}?title=Size&is_exclusive=false`)).body).toEqual({
    ...{ product_options: [whole], count: 1, offset: 0, limit: 20 },
  })
  expect((await world.request('DELETE', `${path}/${id}`)).body).toEqual({ id, object: 'product_option', deleted: true })
  expect((await world.request('GET', `${path}/${id}/values`)).body.count).toBe(0)
  const events = await world.sql(`select name from turri.event where data ->> 'id' = $1 order by id`, [id])
  expect(events.map(({ name }) => name)).toEqual(['product-option.created', 'product-option.deleted'])
})

test('a list of values replaces those of the option; those that stay keep their ids', async () => {
  const { id, values } = await option('Colour', ['red', 'green'])
  const kept = values.find(({ value }) => value === 'green')!.id
  const { body } = await change(id, { values: ['green', 'blue', 'blue'], ranks: { blue: 0, green: 1 }, title: 'Color' })
  expect(body.product_option.title).toBe('Color')
  expect(ranked(body.product_option.values)).toEqual([
    ['blue', 0],
    ['green', 1],
  ])
  expect(body.product_option.values[1].id).toBe(kept)
  const reranked = await change(id, { ranks: { blue: 2 } })
  expect(ranked(reranked.body.product_option.values)).toEqual([
    ['green', 1],
    ['blue', 2],
  ])
  await change(id, { values: ['red'] })
  expect(ranked((await change(id, { metadata: { a: 1 } })).body.product_option.values)).toEqual([['red', null]])
})

test('the values of an option are listed, updated and deleted; those of another are not found', async () => {
  const [{ id, values }, other] = [await option('Width', ['wide', 'slim']), await option('Height', ['tall'])]
  const [{ id: wide }] = values as [Value]
  const page = (await world.request('GET', `${path}/${id}/values?value=wide`)).body
  expect(page).toMatchObject({
    count: 1,
    limit: 20,
    product_option_values: [{ id: wide, value: 'wide', option_id: id }],
  })
  const changed = await change(`${id}/values/${wide}`, { value: 'broad', metadata: { in: 'cm' } })
  expect(changed.body.product_option_value).toMatchObject({ id: wide, value: 'broad', metadata: { in: 'cm' } })
  const taken = await change(`${id}/values/${wide}`, { value: 'slim' })
  expect([taken.status, taken.body.message]).toEqual([
    400,
    `Product Option Value with option_id, value: ${id}, slim, already exists.`,
  ])
  for (const method of ['GET', 'POST', 'DELETE']) {
    const at = `${path}/${other.id}/values/${wide}`
    const { status, body } = await world.request(method, at, method === 'POST' ? { value: 'x' } : undefined)
    expect([status, body.message]).toEqual([404, `Product Option Value with id: ${wide} was not found`])
  }
  expect((await world.request('DELETE', `${path}/${id}/values/${wide}`)).body).toEqual({
    ...{ id: wide, object: 'product_option_value', deleted: true },
  })
  expect((await world.request('GET', `${path}/${id}/values`)).body.count).toBe(1)
  const events = await world.sql(`select name from turri.event where data ->> 'id' = $1 order by id`, [wide])
  expect(events.map(({ name }) => name)).toEqual(['product-option-value.updated', 'product-option-value.deleted'])
})

test('values of variants cannot be deleted until the variants are', async () => {
  const { id, values } = await option('Length', ['long', 'short'])
  const long = values.find(({ value }) => value === 'long')!.id
  const product = await productWith(id, 'Length', 'long')
  const refused = `Product Option Value with id: ${long} cannot be deleted: there are variants that have it`
  for (const { status, body } of [
    await change(id, { values: ['short'] }),
    await world.request('DELETE', `${path}/${id}`),
    await world.request('DELETE', `${path}/${id}/values/${long}`),
  ]) {
    expect([status, body]).toEqual([400, { type: 'not_allowed', message: refused }])
  }
  expect((await change(id, { values: ['long'] })).status).toBe(200)
  await world.request('DELETE', `/admin/products/${product}`)
  expect((await world.request('DELETE', `${path}/${id}`)).status).toBe(200)
})

test('titles of shared options are unique; an option of several products cannot become exclusive', async () => {
  const { id } = await option('Fit', ['a'])
  const taken = 'Product Option with title: Fit, already exists.'
  expect((await create({ title: 'Fit', values: [] })).body.message).toBe(taken)
  expect((await create({ title: 'Fit', values: [], is_exclusive: true })).status).toBe(200)
  await productWith(id, 'Fit', 'a')
  expect((await change(id, { is_exclusive: true })).status).toBe(200)
  await change(id, { is_exclusive: false })
  await world.request('POST', '/admin/products', { title: 'Another with Fit', options: [{ id }] })
  const { status, body } = await change(id, { is_exclusive: true })
  expect([status, body.message]).toEqual([400, `Product Option with id: ${id} is used by several products`])
  expect((await change('opt_none', { title: 'x' })).status).toBe(404)
})
