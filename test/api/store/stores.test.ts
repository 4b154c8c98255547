import { setUpShop } from '../../../workflows/store/set-up-shop.ts'
import { createWorld, type World } from '../../support/index.ts'
import { rivals } from '../../support/rivals.ts'

let world: World
beforeAll(async () => {
  world = await createWorld()
})
afterAll(() => world.stop())

const path = '/admin/stores'
const theStore = async () => (await world.request('GET', path)).body.stores[0]
const update = async (body: object, query = '') =>
  world.request('POST', `${path}/${(await theStore()).id}${query}`, body)
const preferences = () =>
  world.sql(`select value, is_tax_inclusive from pricing.price_preference where attribute = 'currency_code' order by 1`)
const codes = (store: { supported_currencies: { currency_code: string; is_default: boolean }[] }) =>
  store.supported_currencies.map(({ currency_code, is_default }) => [currency_code, is_default])

describe('a fresh shop', () => {
  test('has one store in euros and the default providers', async () => {
    const { body } = await world.request('GET', path)
    const [{ id, created_at, updated_at, supported_currencies }] = body.stores
    const times = { created_at: expect.any(String), updated_at: expect.any(String), deleted_at: null }
    expect(id).toMatch(/^store_[0-9A-HJKMNP-TV-Z]{26}$/)
    expect(body).toEqual({
      stores: [
        {
          id,
          name: 'Turritopsis Store',
          default_sales_channel_id: expect.stringMatching(/^sc_/),
          default_region_id: null,
          default_location_id: null,
          metadata: null,
          created_at,
          updated_at,
          supported_currencies,
        },
      ],
      count: 1,
      offset: 0,
      limit: 50,
    })
    expect(supported_currencies).toEqual([
      {
        id: expect.stringMatching(/^stocur_/),
        currency_code: 'eur',
        is_default: true,
        store_id: id,
        ...times,
        currency: {
          code: 'eur',
          symbol: '€',
          symbol_native: '€',
          name: 'Euro',
          decimal_digits: 2,
          rounding: 0,
          raw_rounding: { value: '0', precision: 20 },
          ...times,
        },
      },
    ])
    expect(await preferences()).toEqual([{ value: 'eur', is_tax_inclusive: false }])
    expect((await world.request('GET', '/admin/payments/payment-providers')).body).toEqual({
      payment_providers: [{ id: 'pp_system_default', is_enabled: true }],
      count: 1,
      offset: 0,
      limit: 20,
    })
    expect((await world.request('GET', '/admin/tax-providers?is_enabled=true')).body).toEqual({
      tax_providers: [{ id: 'tp_system', is_enabled: true }],
      count: 1,
      offset: 0,
      limit: 20,
    })
    expect((await world.request('GET', '/admin/regions')).body.count).toBe(0)
    const [channel] = (await world.request('GET', '/admin/sales-channels?fields=id,name,is_disabled')).body
      .sales_channels
    expect(channel).toEqual({
      id: body.stores[0].default_sales_channel_id,
      name: 'Default Sales Channel',
      is_disabled: false,
    })
    const keys = (await world.request('GET', '/admin/api-keys?fields=type,sales_channels.id')).body.api_keys
    expect(keys).toEqual([{ id: expect.any(String), type: 'publishable', sales_channels: [{ id: channel.id }] }])
    const profiles = (await world.request('GET', '/admin/shipping-profiles?fields=name,type')).body.shipping_profiles
    expect(profiles).toMatchObject([{ name: 'Default Shipping Profile', type: 'default' }])
  })

  test('is set up once; later set-ups are one read', async () => {
    await world.run(setUpShop, { shop: 'again' })
    expect(await world.sql(`select method, kind from turri.receipt where workflow_id = 'set-up-shop/again'`)).toEqual([
      { method: 'queries', kind: 'read' },
    ])
  })

  test('is set up once by concurrent workers', async () => {
    await world.sql('truncate store.store cascade')
    await world.sql('truncate payment.payment_provider, tax.tax_provider, pricing.price_preference cascade')
    await Promise.all(['a', 'b', 'c', 'd'].map((shop) => world.run(setUpShop, { shop })))
    expect((await world.request('GET', path)).body.count).toBe(1)
    expect(codes(await theStore())).toEqual([['eur', true]])
    expect(await preferences()).toEqual([{ value: 'eur', is_tax_inclusive: false }])
    expect(await world.sql('select id from payment.payment_provider')).toEqual([{ id: 'pp_system_default' }])
    expect(await world.sql('select id from tax.tax_provider')).toEqual([{ id: 'tp_system' }])
  })

  test('gets what is missing again and keeps the rest', async () => {
    await world.sql('delete from tax.tax_provider')
    await update({ name: 'Mine' })
    await world.run(setUpShop, { shop: 'mended' })
    expect(await world.sql('select id from tax.tax_provider')).toEqual([{ id: 'tp_system' }])
    expect((await theStore()).name).toBe('Mine')
  })
})

test('a store is updated and filtered', async () => {
  const { id } = await theStore()
  const defaults = { default_sales_channel_id: 'sc_1', default_region_id: 'reg_1', default_location_id: 'sloc_1' }
  const changed = await update({ name: 'Acme', ...defaults, metadata: { a: 1, b: 2 } })
  expect(changed.body.store).toMatchObject({ id, name: 'Acme', ...defaults, metadata: { a: 1, b: 2 } })
  const again = await update({ default_region_id: null, metadata: { a: '' } }, '?fields=default_region_id,metadata')
  expect(again.body).toEqual({ store: { id, default_region_id: null, metadata: { b: 2 } } })
  const found = await world.request('GET', `${path}?q=acm&name=Acme&fields=name`)
  expect(found.body.stores).toEqual([{ id, name: 'Acme' }])
  expect((await world.request('GET', `${path}/${id}?fields=name`)).body).toEqual({ store: { id, name: 'Acme' } })
})

test('its currencies are replaced, with one default', async () => {
  const [{ id: euro }] = (await theStore()).supported_currencies
  const more = await update({
    supported_currencies: [
      { currency_code: 'EUR' },
      { currency_code: 'usd', is_default: true, is_tax_inclusive: true },
      { currency_code: 'dkk' },
    ],
  })
  expect(codes(more.body.store)).toEqual([
    ['eur', false],
    ['usd', true],
    ['dkk', false],
  ])
  expect(more.body.store.supported_currencies[0].id).toBe(euro)
  expect(await preferences()).toEqual([
    { value: 'dkk', is_tax_inclusive: false },
    { value: 'eur', is_tax_inclusive: false },
    { value: 'usd', is_tax_inclusive: true },
  ])
  const fewer = await update({
    supported_currencies: [{ currency_code: 'dkk', is_default: true }, { currency_code: 'usd' }],
  })
  expect(codes(fewer.body.store)).toEqual([
    ['usd', false],
    ['dkk', true],
  ])
  expect((await preferences())[2]).toEqual({ value: 'usd', is_tax_inclusive: true })
  const back = await update({ supported_currencies: [{ currency_code: 'eur', is_default: true }] })
  expect(codes(back.body.store)).toEqual([['eur', true]])
})

test('its locales are replaced', async () => {
  const of = async (...locales: string[]) => {
    const supported_locales = locales.map((locale_code) => ({ locale_code }))
    const { body } = await update({ supported_locales }, '?fields=supported_locales.locale_code')
    return body.store.supported_locales.map(({ locale_code }: { locale_code: string }) => locale_code)
  }
  expect(await of('de-DE', 'fr-FR')).toEqual(['de-DE', 'fr-FR'])
  expect(await of('fr-FR', 'da-DK')).toEqual(['fr-FR', 'da-DK'])
  expect(await of()).toEqual([])
})

test('invalid requests are refused with a reason and change nothing', async () => {
  const before = await theStore()
  const eur = { currency_code: 'eur', is_default: true }
  const refusals = [
    [[], 'There should be a default currency set for the store'],
    [[eur, { currency_code: 'EUR' }], 'The currency eur is given twice'],
    [[eur, { currency_code: 'xxx' }], 'Currencies with codes: "xxx" do not exist'],
    [[{ is_default: true }], "Invalid request: Field 'supported_currencies, 0, currency_code' is required"],
  ] as const
  for (const [supported_currencies, message] of refusals) {
    const { status, body } = await update({ name: 'Not this', supported_currencies })
    expect([status, body]).toEqual([400, { type: 'invalid_data', message }])
  }
  expect(await theStore()).toEqual(before)
  const missing = await world.request('POST', `${path}/store_0`, { supported_currencies: [eur] })
  expect([missing.status, missing.body]).toEqual([
    404,
    { type: 'not_found', message: 'Store with id "store_0" not found' },
  ])
})

test('concurrent changes of its currencies do not mix', async () => {
  const sets = ['usd', 'dkk', 'sek', 'nok', 'gbp', 'chf'].map((code, i) => [
    { currency_code: 'eur', is_default: i % 2 === 0 },
    { currency_code: code, is_default: i % 2 === 1 },
  ])
  const { id } = await theStore()
  const answers = await rivals(world, 'from store.store', () =>
    sets.map((supported_currencies) => world.request('POST', `${path}/${id}`, { supported_currencies })),
  )
  expect(answers.map(({ status }) => status)).toEqual(sets.map(() => 200))
  const held = codes(await theStore())
  expect(held).toHaveLength(2)
  expect(held.filter(([, is_default]) => is_default)).toHaveLength(1)
  expect(held[0]![0]).toBe('eur')
})
