import { createWorld, type World } from '../../support/index.ts'

let world: World
let key: string
beforeAll(async () => {
  world = await createWorld()
  key = (await world.request('POST', '/admin/api-keys', { title: 'Shop', type: 'publishable' })).body.api_key.token
})
afterAll(() => world.stop())

const get = (path: string) =>
  world.request('GET', path, undefined, path.startsWith('/store') ? { 'x-publishable-api-key': key } : {})
const franc = {
  code: 'chf',
  name: 'Swiss Franc',
  symbol: 'CHF',
  symbol_native: 'CHF',
  decimal_digits: 2,
  rounding: 0.05,
}

test.each([
  ['admin', 200],
  ['store', 50],
])('every currency is there from the start, for /%s', async (area, limit) => {
  const { body } = await get(`/${area}/currencies`)
  const { currencies, ...page } = body
  expect(page).toEqual({ count: 126, offset: 0, limit })
  expect(currencies).toHaveLength(Math.min(limit, 126))
  expect(currencies.slice(0, 2).map(({ code }: { code: string }) => code)).toEqual(['aed', 'afn'])
  expect((await get(`/${area}/currencies?code[]=chf&code[]=xxx`)).body).toEqual({
    currencies: [franc],
    count: 1,
    offset: 0,
    limit,
  })
  expect((await get(`/${area}/currencies?q=swiss`)).body.currencies).toEqual([franc])
  expect((await get(`/${area}/currencies/chf`)).body).toEqual({ currency: franc })
  const missing = await get(`/${area}/currencies/xxx`)
  expect([missing.status, missing.body]).toEqual([
    404,
    { type: 'not_found', message: 'Currency with code: xxx was not found' },
  ])
})

test('a currency has no id, whatever fields are requested', async () => {
  const times = { created_at: expect.any(String), updated_at: expect.any(String), deleted_at: null }
  expect((await get('/admin/currencies/chf?fields=*')).body.currency).toEqual({
    ...franc,
    raw_rounding: { value: '0.05', precision: 20 },
    ...times,
  })
  expect((await get('/admin/currencies/chf?fields=id,code')).body).toEqual({ currency: { code: 'chf' } })
  expect((await get('/store/currencies/chf?fields=%2Braw_rounding')).body).toEqual({ currency: franc })
})

test('a currency has its digits and symbols', async () => {
  const { body } = await get(
    '/admin/currencies?code[]=jpy&code[]=eur&code[]=bhd&fields=code,symbol_native,decimal_digits',
  )
  expect(body.currencies).toEqual([
    { code: 'bhd', symbol_native: 'د.ب.‏', decimal_digits: 3 },
    { code: 'eur', symbol_native: '€', decimal_digits: 2 },
    { code: 'jpy', symbol_native: '￥', decimal_digits: 0 },
  ])
})
