/** Every read of the tables: what it shows, and what can be asked of it. */
import { createWorld, type World } from '../../support/index.ts'
import { LISTS, ONES } from './lists.ts'
import { type Seeded, seed } from './seed.ts'

let world: World
let shop: Seeded
beforeAll(async () => {
  world = await createWorld()
  shop = await seed(world)
})
afterAll(() => world.stop())

const headersFor = (path: string): Record<string, string> =>
  path.startsWith('/store') ? { authorization: '', 'x-publishable-api-key': shop.key } : {}

/** As who may ask: a storefront with its key, or the user of the world. */
function get(path: string, query = '') {
  const [at, given] = shop.filled(path).split('?')
  const asked = [given, query].filter(Boolean).join('&')
  return world.request('GET', `${at}${asked && `?${asked}`}`, undefined, headersFor(path))
}

const plain = (field: string) => field.replace(/^\*/, '').replace(/\.\*$/, '')
/** The names that a row has by these fields. */
const namesOf = (fields: string) => [...new Set(fields.split(' ').map((field) => plain(field).split('.')[0]!))].sort()

/** Of relations of which single fields are shown: these. */
function narrowOf(fields: string): [relation: string, names: string[]][] {
  const all = fields.split(' ')
  const paths = all
    .filter((field) => !field.startsWith('*') && /^\w+\.\w+$/.test(field))
    .map((field) => field.split('.'))
  const whole = new Set(
    all
      .filter((field) => field.includes('*') || field.split('.').length > 2)
      .map((field) => plain(field).split('.')[0]!),
  )
  const relations = [...new Set(paths.map(([relation]) => relation!))].filter((relation) => !whole.has(relation))
  return relations.map((relation) => [
    relation,
    paths.flatMap(([first, name]) => (first === relation ? [name!] : [])).sort(),
  ])
}

/** Where an answer has other names than the list of its fields: what it is made of is named, or stored, in another way. */
const SHOWN_AS: Record<string, { without?: string[]; also?: string[] }> = {
  campaign: { without: ['currency'] },
  price: { without: ['price_rules', 'price_set'], also: ['rules', 'variant_id'] },
  price_list: { without: ['price_list_rules'], also: ['rules'] },
  promotion: { also: ['campaign_id'] },
  service_zone: { without: ['type'] },
  shipping_option: { also: ['service_zone_id', 'shipping_profile_id'] },
  '/store/products/{id}': { also: ['categories'] },
}

/** The names that a row has where nothing is asked for. */
function shownBy({ path, many, one = many!.replace(/s$/, ''), fields }: Record<string, string>): string[] {
  const { without = [], also = [] } = SHOWN_AS[path!] ?? SHOWN_AS[one] ?? {}
  return [...namesOf(fields!).filter((name) => !without.includes(name)), ...also].sort()
}

function expectFields(row: Record<string, unknown>, fact: Record<string, string>) {
  expect(Object.keys(row).sort()).toEqual(shownBy(fact))
  for (const [relation, names] of narrowOf(fact.fields!)) {
    const shown = [row[relation]].flat().filter((one) => one != null) as object[]
    for (const one of shown) expect([relation, Object.keys(one).sort()]).toEqual([relation, names])
  }
}

const cases = LISTS.map((list) => [list.path!, list] as const)

describe('lists', () => {
  test.each(cases)('%s returns a page with the default fields', async (path, list) => {
    const { many, limit } = list
    const { status, body } = await get(path)
    expect([status, Object.keys(body)]).toEqual([200, [many, 'count', 'offset', 'limit']])
    expect(body).toMatchObject({ offset: 0, limit: Number(limit) })
    expect(body.count).toBeGreaterThan(0)
    expectFields(body[many!][0], list)
  })

  test.each(cases)('%s is paged and ordered', async (path, { many, fields }) => {
    const key = fields!.split(' ')[0]!
    const ids = async (query: string) => {
      const { body } = await get(path, `fields=${key}&${query}`)
      return { ...body, ids: body[many!]?.map((row: Record<string, string>) => row[key]) }
    }
    const all = await ids(`limit=500&order=${key}`)
    expect(all.ids).toHaveLength(all.count)
    expect((await ids(`limit=500&order=-${key}`)).ids).toEqual([...all.ids].reverse())
    expect(await ids('limit=0')).toMatchObject({ ids: [], count: all.count, limit: 0 })
    expect(await ids(`offset=${all.count}`)).toMatchObject({ ids: [], count: all.count, offset: all.count })
    expect((await ids(`limit=1&offset=${all.count - 1}&order=-${key}`)).ids).toEqual([all.ids[0]])
  })

  test.each(cases)('%s selects, adds and removes fields', async (path, list) => {
    const { many, fields } = list
    const [key, other] = fields!.split(' ') as [string, string]
    const first = async (query: string) => Object.keys((await get(path, query)).body[many!][0]).sort()
    const id = path.includes('currencies') ? [] : ['id']
    expect(await first(`fields=${other}`)).toEqual([...new Set([...id, other])].sort())
    expect(await first('fields=')).toEqual(id)
    expect(await first(`fields=-${other}`)).toEqual(shownBy(list).filter((name) => name !== other))
    expect(await first(`fields=%2B${key}`)).toEqual(shownBy(list))
  })

  test.each(cases)('%s refuses unknown parameters', async (path) => {
    const refused = async (query: string) => (await get(path, query)).body
    const invalid = (message: string) => ({ type: 'invalid_data', message: `Invalid request: ${message}` })
    expect(await refused('colour=red')).toEqual(invalid("Unrecognized fields: 'colour'"))
    expect(await refused('limit=many')).toEqual(invalid("Expected type: 'number' for field 'limit', got: 'many'"))
    expect(await refused('offset=-1')).toEqual(invalid("Value for field 'offset' too small, expected at least: '0'"))
  })

  const can = (what: string) => cases.filter(([, list]) => list.can!.split(' ').includes(what))

  test.each(cases)('%s refuses more than a thousand ids', async (path) => {
    const answers = [900, 1001].map(async (n) => (await get(path, Array(n).fill('id[]=x').join('&'))).status)
    expect(await Promise.all(answers)).toEqual([200, 400])
  })

  test.each(can('q'))('%s is searched', async (path) => {
    expect((await get(path, 'q=nothing+has+this')).body.count).toBe(0)
  })

  test.each(can('created_at'))('%s is filtered by created_at', async (path) => {
    const { count } = (await get(path)).body
    const counts = ['created_at[$gte]=2999-01-01', 'created_at[$lt]=2999-01-01T00:00:00Z'].map(
      async (query) => (await get(path, query)).body.count,
    )
    expect(await Promise.all(counts)).toEqual([0, count])
    expect((await get(path, 'created_at[$gte]=soon')).body.message).toBe(
      "Invalid request: Expected type: 'date' for field 'created_at', got: 'soon'",
    )
  })

  test.each(can('or'))('%s supports $or', async (path, { many }) => {
    const { count, [many!]: rows } = (await get(path)).body
    const key = path.includes('currencies') ? 'code' : 'id'
    const value = rows[0][key]
    expect((await get(path, `$or[0][${key}]=${value}&$or[1][${key}]=none`)).body.count).toBe(1)
    expect((await get(path, `$and[0][${key}]=${value}&$and[1][${key}]=none`)).body.count).toBe(0)
    expect((await get(path, `${key}[$ne]=${value}`)).body.count).toBe(count - 1)
  })

  test.each(can('with_deleted'))('%s supports with_deleted', async (path) => {
    const { count } = (await get(path)).body
    expect((await get(path, 'with_deleted=true&limit=500')).body.count).toBeGreaterThanOrEqual(count)
  })
})

describe('single rows', () => {
  test.each(ONES.map((one) => [one.path!, one] as const))('%s returns the default fields', async (path, fact) => {
    const { one } = fact
    const { status, body } = await get(path)
    expect([status, Object.keys(body)]).toEqual([200, [one]])
    expectFields(body[one!], fact)
    const id = path.includes('currencies') ? [] : ['id']
    expect(Object.keys((await get(path, 'fields=')).body[one!])).toEqual(id)
    expect((await get(path, 'colour=red')).body.message).toBe("Invalid request: Unrecognized fields: 'colour'")
  })

  const own = ONES.filter(({ path }) => path!.endsWith('}')).map(({ path }) => path!)
  test.each(own)('%s is 404 for an unknown id', async (path) => {
    const at = shop.filled(path).replace(/\/[^/]+$/, '/none')
    const { status, body } = await world.request('GET', at, undefined, headersFor(path))
    expect([status, body.type]).toEqual([404, 'not_found'])
    expect(body.message).toMatch(/none (was )?not found$|^Product not found$/)
  })
})

describe('before validation', () => {
  const paths = [...LISTS, ...ONES].map(({ path }) => path!)
  test.each(paths.filter((path) => path.startsWith('/admin')))('%s requires a login', async (path) => {
    const answer = await world.request('GET', `${shop.filled(path)}?colour=red`, undefined, { authorization: '' })
    expect([answer.status, answer.body]).toEqual([401, { message: 'Unauthorized' }])
  })

  test.each(paths.filter((path) => path.startsWith('/store')))('%s requires the publishable key', async (path) => {
    const answer = await world.request('GET', `${shop.filled(path).split('?')[0]}?colour=red`)
    const message =
      'Publishable API key required in the request header: x-publishable-api-key. You can manage your keys in settings in the dashboard.'
    expect([answer.status, answer.body]).toEqual([400, { type: 'not_allowed', message }])
    const wrong = await world.request('GET', shop.filled(path), undefined, { 'x-publishable-api-key': 'pk_none' })
    expect([wrong.status, wrong.body.message]).toEqual([
      400,
      'A valid publishable key is required to proceed with the request',
    ])
  })
})

describe('in the storefront', () => {
  const lists = LISTS.filter(({ path }) => path!.startsWith('/store')).map(({ path }) => path!)
  test.each(lists)('%s is ordered only by allowed fields and depths', async (path) => {
    expect((await get(path, 'order=secret')).body).toEqual({
      type: 'invalid_data',
      message: 'Order field secret is not valid',
    })
    expect((await get(path, 'fields=%2Bsecret,*sales_channels')).status).toBe(200)
  })
})
