import { createWorld, type World } from '../../support/index.ts'
import { behind, rivals } from '../../support/rivals.ts'

let world: World
beforeAll(async () => {
  world = await createWorld()
})
afterAll(() => world.stop())

const path = '/admin/regions'
const create = (body: object, query = '') => world.request('POST', `${path}${query}`, { currency_code: 'eur', ...body })
const of = (response: { headers: Headers }) => [response.headers.get('x-workflow-id')]
const codesOf = (region: { countries: { iso_2: string }[] }) => region.countries.map(({ iso_2 }) => iso_2)
const preferenceOf = (id: string) =>
  world.sql(`select is_tax_inclusive from pricing.price_preference where attribute = 'region_id' and value = $1`, [id])
const invalid = (message: string) => ({ type: 'invalid_data', message })

test('a region is created with its countries and providers, listed, filtered, updated and deleted', async () => {
  const { status, body } = await create({
    name: 'Benelux',
    currency_code: 'EUR',
    countries: ['NL', 'be'],
    payment_providers: ['pp_system_default'],
    metadata: { a: 1 },
  })
  expect(status).toBe(200)
  const { id, created_at, updated_at, countries } = body.region
  expect(id).toMatch(/^reg_[0-9A-HJKMNP-TV-Z]{26}$/)
  expect(body.region).toEqual({
    id,
    name: 'Benelux',
    currency_code: 'eur',
    created_at,
    updated_at,
    deleted_at: null,
    automatic_taxes: true,
    metadata: { a: 1 },
    countries,
  })
  const times = { created_at: expect.any(String), updated_at: expect.any(String), deleted_at: null }
  expect(countries).toEqual([
    {
      iso_2: 'be',
      iso_3: 'bel',
      num_code: '056',
      name: 'BELGIUM',
      display_name: 'Belgium',
      region_id: id,
      metadata: null,
      ...times,
    },
    {
      iso_2: 'nl',
      iso_3: 'nld',
      num_code: '528',
      name: 'NETHERLANDS',
      display_name: 'Netherlands',
      region_id: id,
      metadata: null,
      ...times,
    },
  ])
  const shown = await world.request('GET', `${path}/${id}?fields=*payment_providers,-countries`)
  expect(shown.body.region.payment_providers).toEqual([{ id: 'pp_system_default', is_enabled: true, ...times }])
  const listed = await world.request('GET', `${path}?q=benel&currency_code=eur&name=Benelux`)
  expect(listed.body).toEqual({ regions: [body.region], count: 1, offset: 0, limit: 50 })
  const changed = await world.request('POST', `${path}/${id}?fields=name,countries.iso_2,payment_providers.id`, {
    name: 'Low countries',
    countries: ['nl', 'lu'],
    payment_providers: [],
  })
  expect(changed.body.region).toEqual({
    id,
    name: 'Low countries',
    countries: [{ iso_2: 'lu' }, { iso_2: 'nl' }],
    payment_providers: [],
  })
  expect((await world.request('DELETE', `${path}/${id}`)).body).toEqual({ id, object: 'region', deleted: true })
  const gone = await world.request('GET', `${path}/${id}`)
  expect([gone.status, gone.body]).toEqual([404, { type: 'not_found', message: `Region with id: ${id} not found` }])
  expect(codesOf((await create({ name: 'Again', countries: ['be', 'lu', 'nl'] })).body.region)).toEqual([
    'be',
    'lu',
    'nl',
  ])
})

test('whether prices include taxes is set with a region', async () => {
  const { id } = (await create({ name: 'Net' })).body.region
  expect(await preferenceOf(id)).toEqual([{ is_tax_inclusive: false }])
  await world.request('POST', `${path}/${id}`, { is_tax_inclusive: true })
  expect(await preferenceOf(id)).toEqual([{ is_tax_inclusive: true }])
  await world.request('POST', `${path}/${id}`, { name: 'Gross' })
  expect(await preferenceOf(id)).toEqual([{ is_tax_inclusive: true }])
  const gross = (await create({ name: 'Gross', is_tax_inclusive: true })).body.region
  expect(await preferenceOf(gross.id)).toEqual([{ is_tax_inclusive: true }])
})

test('a change of several modules is one step with its events', async () => {
  const created = await create({ name: 'Steps', payment_providers: ['pp_system_default'] })
  const { id } = created.body.region
  const methods = (workflow: unknown[]) =>
    world.sql('select method from turri.receipt where workflow_id = $1 order by id', workflow)
  const events = (workflow: unknown[]) =>
    world.sql('select name, data from turri.event where workflow_id = $1', workflow)
  expect(await methods(of(created))).toEqual([{ method: 'createRegions' }])
  expect(await events(of(created))).toEqual([{ name: 'region.created', data: { id } }])
  const updated = await world.request('POST', `${path}/${id}`, { automatic_taxes: false })
  expect(updated.body.region.automatic_taxes).toBe(false)
  expect(await methods(of(updated))).toEqual([{ method: 'updateRegions' }])
  expect(await events(of(updated))).toEqual([{ name: 'region.updated', data: { id } }])
  const both = { name: 'Both', countries: ['cz'], payment_providers: [] }
  expect(await methods(of(await world.request('POST', `${path}/${id}`, both)))).toEqual([{ method: 'updateRegions' }])
  const refused = await world.request('POST', `${path}/${id}`, { ...both, payment_providers: ['pp_none'] })
  const written = 'select entity from turri.journal j join turri.receipt r on r.id = j.receipt where workflow_id = $1'
  expect([refused.status, await world.sql(written, of(refused))]).toEqual([404, []]) // nobody could build on a part of it
  const deleted = await world.request('DELETE', `${path}/${id}`)
  expect(await events(of(deleted))).toEqual([{ name: 'region.deleted', data: { id } }])
  expect(
    await world.sql('select from link.region_payment_provider where region_id = $1 and deleted_at is null', [id]),
  ).toEqual([])
})

test('creating a region can be undone with everything that was created with it', async () => {
  const created = await create({ name: 'Oops', countries: ['gr'], payment_providers: ['pp_system_default'] })
  const { id } = created.body.region
  expect((await world.request('POST', `/admin/workflows-executions/${of(created)}/undo`)).status).toBe(200)
  expect(await world.sql('select from region.region where id = $1', [id])).toEqual([])
  expect(await world.sql('select from link.region_payment_provider where region_id = $1', [id])).toEqual([])
  expect(await preferenceOf(id)).toEqual([])
  expect(await world.sql(`select region_id from region.region_country where iso_2 = 'gr'`)).toEqual([
    { region_id: null },
  ])
})

test('a region is deleted while it is updated, which leaves no undo conflict', async () => {
  const { id } = (await create({ name: 'Baltic', countries: ['ee'] })).body.region
  const change = { countries: ['ee', 'lv'], payment_providers: ['pp_system_default'] }
  const [changed, deleted] = await behind(
    world,
    `select from region.region where id = '${id}' for update`,
    () => world.request('POST', `${path}/${id}`, change),
    () => world.request('DELETE', `${path}/${id}`),
  )
  expect(deleted.status).toBe(200)
  expect([200, 404]).toContain(changed.status) // it shows the region when both are done
  expect(await world.sql('select entity, row_id, reason from turri.undo_conflict')).toEqual([])
  const countries = await world.sql(`select region_id from region.region_country where iso_2 in ('ee', 'lv')`)
  expect(countries).toEqual([{ region_id: null }, { region_id: null }])
})

test('invalid requests are refused with a reason and change nothing', async () => {
  await create({ name: 'Iberia', countries: ['es', 'pt'] })
  const { id } = (await create({ name: 'France', countries: ['fr'] })).body.region
  const update = (body: object) => world.request('POST', `${path}/${id}`, body)
  const { count } = (await world.request('GET', path)).body
  const refusals = [
    [
      await create({ name: 'x', countries: ['pt', 'ad'] }),
      'Countries with codes: "pt" are already assigned to a region',
    ],
    [await update({ countries: ['fr', 'es'] }), 'Countries with codes: "es" are already assigned to a region'],
    [await create({ name: 'x', countries: ['xx', 'ad'] }), 'Countries with codes: "xx" do not exist'],
    [await create({ name: 'x', currency_code: 'xxx' }), 'Currencies with codes: "xxx" do not exist'],
    [await create({}), "Invalid request: Field 'name' is required"],
    [await create({ name: 'x', colour: 'red' }), "Invalid request: Unrecognized fields: 'colour'"],
    [
      await create({ name: 'x', countries: 'fr' }),
      "Invalid request: Expected type: 'array' for field 'countries', got: 'fr'",
    ],
  ] as const
  for (const [{ status, body }, message] of refusals) expect([status, body]).toEqual([400, invalid(message)])
  const missing = [
    [await create({ name: 'x', payment_providers: ['pp_none'] }), 'PaymentProvider id not found: pp_none'],
    [await update({ payment_providers: ['pp_none'], countries: ['mc'] }), 'PaymentProvider id not found: pp_none'],
    [await world.request('DELETE', `${path}/reg_0`), 'Region with id: reg_0 was not found'],
    [await world.request('POST', `${path}/reg_0`, { name: 'x' }), 'Region with id "reg_0" not found'],
  ] as const
  for (const [{ status, body }, message] of missing) {
    expect([status, body]).toEqual([404, { type: 'not_found', message }])
  }
  expect((await world.request('GET', path)).body.count).toBe(count)
  expect(codesOf((await world.request('GET', `${path}/${id}`)).body.region)).toEqual(['fr'])
  expect(await world.sql(`select region_id from region.region_country where iso_2 in ('ad', 'mc')`)).toEqual([
    { region_id: null },
    { region_id: null },
  ])
})

test('of many concurrent regions with one country, one gets it', async () => {
  const names = Array.from({ length: 8 }, (_, i) => `Rival ${i}`)
  const orders = [
    ['jp', 'kr', 'cn'],
    ['cn', 'kr', 'jp'],
  ]
  const answers = await rivals(world, `from region.region_country where iso_2 in ('jp', 'kr', 'cn')`, () =>
    names.map((name, i) => create({ name, countries: orders[i % 2]! })),
  )
  const won = answers.filter(({ status }) => status === 200)
  expect(won).toHaveLength(1)
  expect(codesOf(won[0]!.body.region)).toEqual(['cn', 'jp', 'kr'])
  for (const { status, body } of answers.filter((answer) => answer !== won[0])) {
    expect(status).toBe(400)
    expect(body.message).toMatch(/are already assigned to a region$/)
  }
  expect(
    await world.sql(`select distinct region_id from region.region_country where iso_2 in ('jp', 'kr', 'cn')`),
  ).toEqual([{ region_id: won[0]!.body.region.id }])
})

test('of concurrent updates that add one country, one gets it, and all keep their own countries', async () => {
  const one = (await create({ name: 'One', countries: ['no'] })).body.region.id
  const other = (await create({ name: 'Other', countries: ['se'] })).body.region.id
  const set = (id: string, countries: string[]) => world.request('POST', `${path}/${id}`, { countries })
  const [first, second] = await rivals(world, `from region.region_country where iso_2 = 'fi'`, () => [
    set(one, ['no', 'fi']),
    set(other, ['fi', 'se']),
  ])
  expect([first!.status, second!.status].sort()).toEqual([200, 400])
  const [winner, loser] = first!.status === 200 ? [one, other] : [other, one]
  const of = async (id: string) => codesOf((await world.request('GET', `${path}/${id}`)).body.region)
  expect(await of(winner)).toEqual(winner === one ? ['fi', 'no'] : ['fi', 'se'])
  expect(await of(loser)).toEqual(winner === one ? ['se'] : ['no'])
})

test('a country added to a region that is being deleted has no region', async () => {
  const { id } = (await create({ name: 'Going', countries: ['at'] })).body.region
  await rivals(world, `from region.region where id = '${id}'`, () => [
    world.request('DELETE', `${path}/${id}`),
    world.request('POST', `${path}/${id}`, { countries: ['at', 'li'] }),
  ])
  expect(await world.sql(`select region_id from region.region_country where iso_2 in ('at', 'li')`)).toEqual([
    { region_id: null },
    { region_id: null },
  ])
})

describe('in the storefront', () => {
  let key: string
  beforeAll(async () => {
    key = (await world.request('POST', '/admin/api-keys', { title: 'Shop', type: 'publishable' })).body.api_key.token
  })
  const get = (at: string) => world.request('GET', at, undefined, { authorization: '', 'x-publishable-api-key': key })

  test('regions are returned with their public fields', async () => {
    const { region } = (await create({ name: 'Nordic', countries: ['is'], payment_providers: ['pp_system_default'] }))
      .body
    const { automatic_taxes: _, ...seen } = region
    expect((await get('/store/regions?name=Nordic')).body).toEqual({
      regions: [seen],
      count: 1,
      offset: 0,
      limit: 50,
    })
    const one = await get(
      `/store/regions/${region.id}?fields=name,automatic_taxes,payment_providers.id,countries.iso_2,countries.region_id`,
    )
    expect(one.body).toEqual({
      region: {
        id: region.id,
        name: 'Nordic',
        payment_providers: [{ id: 'pp_system_default' }],
        countries: [{ iso_2: 'is' }],
      },
    })
    expect((await get('/store/regions/reg_0')).body).toEqual({
      type: 'not_found',
      message: 'Region with id: reg_0 not found',
    })
    expect((await get('/store/regions?order=automatic_taxes')).body.message).toBe(
      'Order field automatic_taxes is not valid',
    )
  })
})
