import { createWorld, type World } from '../../support/index.ts'
import { rivals } from '../../support/rivals.ts'

let world: World
beforeAll(async () => {
  world = await createWorld()
})
afterAll(() => world.stop())

const path = '/admin/tax-regions'
const create = (body: object) => world.request('POST', path, body)
const get = async (id: string, query = '') => (await world.request('GET', `${path}/${id}${query}`)).body.tax_region
const invalid = (message: string) => [400, { type: 'invalid_data', message }]
const broken = (key: string, value: string) => [
  404,
  { type: 'not_found', message: `You tried to set relationship ${key}: ${value}, but such entity does not exist` },
]
const times = { created_at: expect.any(String), updated_at: expect.any(String), deleted_at: null }

test('a country has a tax region with a default rate, and provinces within it', async () => {
  const { status, body } = await create({
    country_code: 'US',
    provider_id: 'tp_system',
    default_tax_rate: { name: 'Federal', rate: 2.5, code: 'fed' },
    metadata: { a: 1 },
  })
  expect(status).toBe(200)
  const { id, created_by } = body.tax_region
  expect(id).toMatch(/^txreg_[0-9A-HJKMNP-TV-Z]{26}$/)
  const own = {
    id,
    country_code: 'us',
    province_code: null,
    parent_id: null,
    provider_id: 'tp_system',
    created_by,
    metadata: { a: 1 },
    ...times,
  }
  const rate = {
    id: expect.stringMatching(/^txr_/),
    rate: 2.5,
    code: 'fed',
    name: 'Federal',
    is_default: true,
    is_combinable: false,
    tax_region_id: id,
    metadata: null,
    created_by,
    ...times,
    rules: [],
  }
  expect(body.tax_region).toEqual({ ...own, children: [], parent: null, tax_rates: [rate] })
  const province = await create({
    country_code: 'us',
    province_code: 'CA',
    parent_id: id,
    default_tax_rate: { name: 'State', rate: 7.25, code: 'ca', is_combinable: true },
  })
  expect(province.body.tax_region).toMatchObject({
    country_code: 'us',
    province_code: 'ca',
    parent_id: id,
    provider_id: null,
    parent: own,
    tax_rates: [{ code: 'ca', is_combinable: true, is_default: true }],
  })
  const [child] = (await get(id)).children
  expect(child).toMatchObject({ province_code: 'ca', tax_rates: [{ code: 'ca', rules: [] }] })
  const list = async (query: string) =>
    (await world.request('GET', `${path}?${query}`)).body.tax_regions.map((one: { id: string }) => one.id)
  expect(await list('parent_id=null')).toEqual([id])
  expect(await list(`parent_id=${id}`)).toEqual([child.id])
  expect(await list('country_code=us&province_code=ca')).toEqual([child.id])
  expect(await list('q=us&order=-created_at')).toEqual([child.id, id])
  expect((await world.request('GET', path)).body).toMatchObject({ count: 2, offset: 0, limit: 20 })
})

test('a tax region is updated, and deleted with its provinces and rates', async () => {
  const country = (await create({ country_code: 'ca', default_tax_rate: { name: 'GST', code: 'gst', rate: 5 } })).body
    .tax_region
  const province = (
    await create({
      country_code: 'ca',
      province_code: 'qc',
      parent_id: country.id,
      default_tax_rate: { name: 'QST', code: 'qst', rate: 9.975 },
    })
  ).body.tax_region
  const changed = await world.request('POST', `${path}/${country.id}?fields=provider_id,metadata`, {
    provider_id: 'tp_system',
    metadata: { b: 2 },
  })
  expect(changed.body.tax_region).toEqual({ id: country.id, provider_id: 'tp_system', metadata: { b: 2 } })
  await world.request('POST', `${path}/${province.id}`, { province_code: 'ON' })
  expect((await get(province.id)).province_code).toBe('on')
  const deleted = await world.request('DELETE', `${path}/${country.id}`)
  expect(deleted.body).toEqual({ id: country.id, object: 'tax_region', deleted: true })
  expect((await world.request('GET', `${path}/${province.id}`)).status).toBe(404)
  const rates = await world.request(
    'GET',
    `/admin/tax-rates?tax_region_id[]=${country.id}&tax_region_id[]=${province.id}`,
  )
  expect(rates.body.count).toBe(0)
  expect((await create({ country_code: 'ca' })).status).toBe(200)
})

test('invalid requests are refused with a reason and change nothing', async () => {
  const de = (await create({ country_code: 'de' })).body.tax_region.id
  const at = (await create({ country_code: 'at' })).body.tax_region.id
  const by = (await create({ country_code: 'de', province_code: 'by', parent_id: de })).body.tax_region.id
  const { count } = (await world.request('GET', path)).body
  const update = (id: string, body: object) => world.request('POST', `${path}/${id}`, body)
  const refusals = [
    [create({ country_code: 'de' }), invalid('Tax Region with country_code: de, already exists.')],
    [
      create({ country_code: 'de', province_code: 'BY', parent_id: de }),
      invalid('Tax Region with country_code, province_code: de, by, already exists.'),
    ],
    [create({ country_code: 'xx' }), invalid('Country with code xx does not exist')],
    [create({ country_code: '\ud800' }), invalid('Country with code \ufffd does not exist')],
    [
      create({ country_code: 'de', province_code: 'he' }),
      invalid('A tax region of a province needs parent_id: the tax region of its country'),
    ],
    [
      create({ country_code: 'de', province_code: 'he', parent_id: by }),
      invalid(`The tax region ${by} is that of a province: it cannot be a parent`),
    ],
    [
      create({ country_code: 'de', province_code: 'he', parent_id: at }),
      invalid(`The tax region ${at} is that of at, not of de`),
    ],
    [
      create({ country_code: 'de', province_code: 'he', parent_id: de, provider_id: 'tp_system' }),
      invalid('A tax region of a province has no provider_id: that of its country holds'),
    ],
    [create({ country_code: 'de', province_code: 'he', parent_id: 'txreg_0' }), broken('parent_id', 'txreg_0')],
    [create({ country_code: 'ch', provider_id: 'tp_none' }), broken('provider_id', 'tp_none')],
    [create({}), invalid("Invalid request: Field 'country_code' is required")],
    [
      create({ country_code: 'ch', default_tax_rate: { rate: 1 } }),
      invalid(
        "Invalid request: Field 'default_tax_rate, code' is required; Field 'default_tax_rate, name' is required",
      ),
    ],
    [update(by, { province_code: null }), invalid('A tax region of a province needs its province_code')],
    [
      update(by, { provider_id: 'tp_system' }),
      invalid('A tax region of a province has no provider_id: that of its country holds'),
    ],
    [update(de, { provider_id: 'tp_none' }), broken('provider_id', 'tp_none')],
    [update('txreg_0', {}), [404, { type: 'not_found', message: 'TaxRegion with id "txreg_0" not found' }]],
  ] as const
  for (const [asked, expected] of refusals) {
    const { status, body } = await asked
    expect([status, body]).toEqual(expected)
  }
  expect((await world.request('GET', path)).body.count).toBe(count)
})

test('of many concurrent tax regions for a country, one is created', async () => {
  const answers = await Promise.all(
    Array.from({ length: 8 }, (_, i) =>
      create({ country_code: 'fr', default_tax_rate: { name: `VAT ${i}`, code: 'vat', rate: 20 } }),
    ),
  )
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 400, 400, 400, 400, 400, 400, 400])
  expect((await world.request('GET', '/admin/tax-rates?q=VAT')).body.count).toBe(1)
})

test('a province added while its country is deleted is refused or deleted with it', async () => {
  const { id } = (await create({ country_code: 'it' })).body.tax_region
  await rivals(world, `from tax.tax_region where id = '${id}'`, () => [
    world.request('DELETE', `${path}/${id}`),
    ...['rm', 'mi', 'to'].map((province_code) => create({ country_code: 'it', province_code, parent_id: id })),
  ])
  expect((await world.request('GET', `${path}?country_code=it`)).body.tax_regions).toEqual([])
})
