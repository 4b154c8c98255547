import { createWorld, type World } from '../../support/index.ts'
import { rivals, somebodyWaits } from '../../support/rivals.ts'

let world: World
let region: string
beforeAll(async () => {
  world = await createWorld()
  const { body } = await world.request('POST', '/admin/tax-regions', {
    country_code: 'dk',
    provider_id: 'tp_system',
    default_tax_rate: { name: 'Moms', code: 'moms', rate: 25 },
  })
  region = body.tax_region.id
})
afterAll(() => world.stop())

const path = '/admin/tax-rates'
const create = (body: object) =>
  world.request('POST', path, { name: 'Reduced', code: 'reduced', tax_region_id: region, ...body })
const rulesOf = async (id: string) =>
  (await world.request('GET', `${path}/${id}`)).body.tax_rate.rules.map(
    ({ reference, reference_id }: Record<string, string>) => `${reference} ${reference_id}`,
  )
const times = { created_at: expect.any(String), updated_at: expect.any(String), deleted_at: null }

test('a rate is created with its rules, listed, filtered, updated and deleted', async () => {
  const { status, body } = await create({
    rate: 12.5,
    is_combinable: true,
    rules: [{ reference: 'product', reference_id: 'prod_1' }],
    metadata: { a: 1 },
  })
  expect(status).toBe(200)
  const { id, created_by } = body.tax_rate
  expect(id).toMatch(/^txr_[0-9A-HJKMNP-TV-Z]{26}$/)
  expect(body.tax_rate).toEqual({
    id,
    name: 'Reduced',
    code: 'reduced',
    rate: 12.5,
    tax_region_id: region,
    is_default: false,
    is_combinable: true,
    created_by,
    metadata: { a: 1 },
    ...times,
    tax_region: {
      id: region,
      country_code: 'dk',
      province_code: null,
      metadata: null,
      created_by,
      provider_id: 'tp_system',
      provider: { id: 'tp_system' },
      parent_id: null,
      parent: null,
      ...times,
    },
    rules: [
      {
        id: expect.stringMatching(/^txrule_/),
        metadata: null,
        created_by,
        tax_rate_id: id,
        reference: 'product',
        reference_id: 'prod_1',
        ...times,
      },
    ],
  })
  const listed = await world.request('GET', `${path}?tax_region_id=${region}&is_default=false&q=reduc`)
  expect(listed.body).toEqual({ tax_rates: [body.tax_rate], count: 1, offset: 0, limit: 20 })
  const changed = await world.request('POST', `${path}/${id}?fields=name,rate,rules.reference_id`, {
    name: 'Half',
    rate: 0,
  })
  expect(changed.body.tax_rate).toEqual({ id, name: 'Half', rate: 0, rules: [{ reference_id: 'prod_1' }] })
  expect((await world.request('DELETE', `${path}/${id}`)).body).toEqual({ id, object: 'tax_rate', deleted: true })
  expect((await world.request('GET', `${path}/${id}`)).body).toEqual({
    type: 'not_found',
    message: `Tax Rate with id: ${id} was not found`,
  })
  expect(await world.sql('select from tax.tax_rate_rule where deleted_at is null')).toEqual([])
})

test('its rules are replaced, added and deleted', async () => {
  const rule = (reference: string, reference_id: string) => ({ reference, reference_id })
  const { id } = (await create({ rules: [rule('product', 'a'), rule('product', 'b')] })).body.tax_rate
  const kept = await world.sql(`select id from tax.tax_rate_rule where reference_id = 'b'`)
  await world.request('POST', `${path}/${id}`, { rules: [rule('product', 'b'), rule('product_type', 'a')] })
  expect(await rulesOf(id)).toEqual(['product b', 'product_type a'])
  expect(await world.sql(`select id from tax.tax_rate_rule where reference_id = 'b'`)).toEqual(kept)
  const added = await world.request(
    'POST',
    `${path}/${id}/rules?fields=rules.reference_id`,
    rule('shipping_option', 'so'),
  )
  expect(added.body.tax_rate.rules).toEqual(['b', 'a', 'so'].map((reference_id) => ({ reference_id })))
  const [{ id: ruleId } = { id: '' }] = await world.sql<{ id: string }>(
    `select id from tax.tax_rate_rule where reference_id = 'so'`,
  )
  const deleted = await world.request('DELETE', `${path}/${id}/rules/${ruleId}?fields=rules.reference_id`)
  expect(deleted.body).toEqual({
    id: ruleId,
    object: 'tax_rate_rule',
    deleted: true,
    parent: { id, rules: [{ reference_id: 'b' }, { reference_id: 'a' }] },
  })
  await world.request('POST', `${path}/${id}`, { rules: [] })
  expect(await rulesOf(id)).toEqual([])
})

test('invalid requests are refused with a reason and change nothing', async () => {
  const { id } = (await create({ rules: [{ reference: 'product', reference_id: 'p' }] })).body.tax_rate
  const other = (await create({ rules: [{ reference: 'product', reference_id: 'q' }] })).body.tax_rate
  const { count } = (await world.request('GET', path)).body
  const invalid = (message: string) => [400, { type: 'invalid_data', message }]
  const missing = (message: string) => [404, { type: 'not_found', message }]
  const rule = { reference: 'product', reference_id: 'p' }
  const refusals = [
    [create({ is_default: true }), invalid(`Tax Rate with tax_region_id: ${region}, already exists.`)],
    [
      create({ tax_region_id: 'txreg_0' }),
      missing('You tried to set relationship tax_region_id: txreg_0, but such entity does not exist'),
    ],
    [create({ rate: '5' }), invalid("Invalid request: Expected type: 'number' for field 'rate', got: '5'")],
    [
      world.request('POST', `${path}/${id}`, { is_default: true }),
      invalid(`Tax Rate with tax_region_id: ${region}, already exists.`),
    ],
    [
      world.request('POST', `${path}/${id}/rules`, rule),
      invalid(`Tax Rate Rule with tax_rate_id, reference_id: ${id}, p, already exists.`),
    ],
    [world.request('POST', `${path}/txr_0/rules`, rule), missing('Tax Rate with id: txr_0 was not found')],
    [world.request('POST', `${path}/txr_0`, { name: 'x' }), missing('TaxRate with id "txr_0" not found')],
    [
      world.request('DELETE', `${path}/${id}/rules/${other.rules[0].id}`),
      missing(`Tax Rate Rule with id: ${other.rules[0].id} was not found`),
    ],
  ] as const
  for (const [asked, expected] of refusals) {
    const { status, body } = await asked
    expect([status, body]).toEqual(expected)
  }
  expect((await world.request('GET', path)).body.count).toBe(count)
  expect(await rulesOf(other.id)).toEqual(['product q'])
})

test('of many concurrent default rates for a region, one is created', async () => {
  const { body } = await world.request('POST', '/admin/tax-regions', { country_code: 'se' })
  const answers = await Promise.all(
    Array.from({ length: 8 }, () => create({ tax_region_id: body.tax_region.id, is_default: true })),
  )
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 400, 400, 400, 400, 400, 400, 400])
})

test('concurrent replacements of rules leave those of one request', async () => {
  const { id } = (await create({})).body.tax_rate
  const sets = ['a', 'b', 'c', 'd'].map((set) =>
    [1, 2].map((n) => ({ reference: 'product', reference_id: `${set}${n}` })),
  )
  const answers = await rivals(world, `from tax.tax_rate where id = '${id}'`, () =>
    sets.map((rules) => world.request('POST', `${path}/${id}`, { rules })),
  )
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200])
  expect(['a', 'b', 'c', 'd'].map((set) => [`product ${set}1`, `product ${set}2`])).toContainEqual(await rulesOf(id))
})

test('a rate or rule added while its parent is deleted is refused', async () => {
  const rules = [{ reference: 'product', reference_id: 'held' }]
  const { id } = (await world.request('POST', '/admin/tax-regions', { country_code: 'no' })).body.tax_region
  const held = (await create({ tax_region_id: id, rules })).body.tax_rate.id
  // The deletion waits for a rule, when the region and its rates are done with.
  const [, added] = await rivals(world, `from tax.tax_rate_rule where tax_rate_id = '${held}'`, () => [
    world.request('DELETE', `/admin/tax-regions/${id}`),
    somebodyWaits(world).then(() => create({ tax_region_id: id })),
  ])
  expect(added!.status).toBe(404)
  expect((await world.request('GET', `${path}?tax_region_id=${id}`)).body.count).toBe(0)

  const rate = (await create({ rules })).body.tax_rate.id
  const [, ruled] = await rivals(world, `from tax.tax_rate_rule where tax_rate_id = '${rate}'`, () => [
    world.request('DELETE', `${path}/${rate}`),
    somebodyWaits(world).then(() =>
      world.request('POST', `${path}/${rate}/rules`, { reference: 'product', reference_id: 'p' }),
    ),
  ])
  expect(ruled!.status).toBe(404)
  expect(
    await world.sql('select from tax.tax_rate_rule where tax_rate_id = $1 and deleted_at is null', [rate]),
  ).toEqual([])
})
