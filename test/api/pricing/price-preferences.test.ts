import { createWorld, type World } from '../../support/index.ts'

let world: World
beforeAll(async () => {
  world = await createWorld()
})
afterAll(() => world.stop())

const path = '/admin/price-preferences'
const create = (body: unknown) => world.request('POST', path, body)

test('a preference is created, listed, filtered, updated and deleted', async () => {
  const { status, body } = await create({ attribute: 'currency_code', value: 'chf', is_tax_inclusive: true })
  expect(status).toBe(200)
  const { id, created_at, updated_at } = body.price_preference
  expect(id).toMatch(/^prpref_[0-9A-HJKMNP-TV-Z]{26}$/)
  const own = { attribute: 'currency_code', value: 'chf', is_tax_inclusive: true }
  const preference = { id, ...own, created_at, deleted_at: null, updated_at }
  expect(body).toEqual({ price_preference: preference })
  expect((await world.request('GET', `${path}?value=chf&attribute[]=currency_code`)).body).toEqual({
    price_preferences: [preference],
    count: 1,
    offset: 0,
    limit: 300,
  })
  const changed = await world.request('POST', `${path}/${id}`, { is_tax_inclusive: false })
  expect(changed.body.price_preference).toMatchObject({ ...own, is_tax_inclusive: false })
  expect((await world.request('GET', `${path}/${id}?fields=value`)).body).toEqual({
    price_preference: { id, value: 'chf' },
  })
  expect((await world.request('DELETE', `${path}/${id}`)).body).toEqual({
    id,
    object: 'price_preference',
    deleted: true,
  })
  const gone = await world.request('GET', `${path}/${id}`)
  expect([gone.status, gone.body.message]).toEqual([404, `Price Preference with id: ${id} was not found`])
})

test('there is one for each attribute and value', async () => {
  expect((await create({ attribute: 'region_id', value: 'reg_1' })).body.price_preference.is_tax_inclusive).toBe(false)
  const again = await create({ attribute: 'region_id', value: 'reg_1', is_tax_inclusive: true })
  expect([again.status, again.body]).toEqual([
    400,
    { type: 'invalid_data', message: 'Price Preference with attribute, value: region_id, reg_1, already exists.' },
  ])
  const other = await create({ attribute: 'region_id', value: 'reg_2' })
  const taken = await world.request('POST', `${path}/${other.body.price_preference.id}`, { value: 'reg_1' })
  expect(taken.status).toBe(400)
  expect((await create({ attribute: 'region_id' })).body.message).toBe("Invalid request: Field 'value' is required")
})
