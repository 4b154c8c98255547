import { historyOf } from '../../support/history.ts'
import { createWorld, type World } from '../../support/index.ts'
import { withStore } from '../../support/store/project.ts'

let world: World
beforeAll(async () => {
  world = await createWorld({ project: withStore })
})
afterAll(() => world.stop())

const create = async (type: string, key?: string) => {
  const headers: Record<string, string> = key ? { 'idempotency-key': key } : {}
  return world.request('POST', '/admin/api-keys', { title: `A ${type} key`, type }, headers)
}
const post = (path: string, body?: unknown) => world.request('POST', `/admin/api-keys/${path}`, body)
const channel = async (more = {}) =>
  (await world.request('POST', '/admin/sales-channels', { name: 'Web', ...more })).body.sales_channel.id as string
const list = (authorization: string) => world.request('GET', '/admin/users', undefined, { authorization })
const base64 = (text: string) => Buffer.from(text).toString('base64')

test('a publishable key is created, listed, renamed, revoked and deleted', async () => {
  const { status, body } = await create('publishable')
  expect(status).toBe(200)
  const { api_key } = body
  const { id, token, created_at, updated_at } = api_key
  const [user] = await world.sql<{ id: string }>('select id from "user"."user"')
  expect(api_key).toEqual({
    id: expect.stringMatching(/^apk_/),
    token: expect.stringMatching(/^pk_[0-9a-f]{64}$/),
    redacted: `${token.slice(0, 6)}***${token.slice(-3)}`,
    title: 'A publishable key',
    type: 'publishable',
    last_used_at: null,
    created_by: user!.id,
    revoked_by: null,
    revoked_at: null,
    created_at,
    updated_at,
    deleted_at: null,
  })
  const { deleted_at: _, ...shown } = api_key
  expect((await world.request('GET', `/admin/api-keys?type=publishable&token=${token}`)).body).toEqual({
    api_keys: [{ ...shown, sales_channels: [] }],
    count: 1,
    offset: 0,
    limit: 20,
  })
  expect((await post(id, { title: 'Renamed' })).body.api_key).toMatchObject({ id, title: 'Renamed', token })
  const early = await world.request('DELETE', `/admin/api-keys/${id}`)
  expect(early).toMatchObject({ status: 400, body: { type: 'not_allowed' } })
  expect((await post(`${id}/revoke`)).body.api_key).toMatchObject({
    revoked_by: user!.id,
    revoked_at: expect.any(String),
  })
  expect((await world.request('DELETE', `/admin/api-keys/${id}`)).body).toEqual({
    id,
    object: 'api_key',
    deleted: true,
  })
  expect((await world.request('GET', `/admin/api-keys/${id}`)).status).toBe(404)
})

test('a secret key is returned once, works with Basic authentication, and is stored nowhere in clear text', async () => {
  const { body, headers } = await create('secret', 'the-key-of-a-request')
  const { id, token } = body.api_key
  expect(token).toMatch(/^sk_[0-9a-f]{64}$/)
  for (const given of [token, base64(`${token}:`), base64(token)])
    expect((await list(`Basic ${given}`)).status).toBe(200)
  expect((await list(`basic ${token}`)).status).toBe(200)

  expect((await create('secret', 'the-key-of-a-request')).body).toEqual(body)
  const shown = (await world.request('GET', `/admin/api-keys/${id}?fields=*`)).body.api_key
  expect(Object.keys(shown)).not.toContain('token')
  expect(Object.keys(shown)).not.toContain('digest')
  const listed = (await world.request('GET', '/admin/api-keys?type=secret')).body.api_keys
  expect(Object.keys(listed[0])).not.toContain('token')

  const { body: made } = await world.request(
    'POST',
    '/admin/brands',
    { name: 'By a program' },
    { authorization: `Basic ${token}` },
  )
  expect((await world.request('GET', `/admin/changes?id=${made.brand.id}`)).body.changes[0].actor).toBe(id)

  const history = await historyOf(world, headers.get('x-workflow-id')!)
  const [row] = await world.sql(
    `select k::text || (select json_agg(r)::text from turri.receipt r) ||
    (select json_agg(j)::text from turri.journal j) as kept from api_key.api_key k where id = $1`,
    [id],
  )
  for (const text of [history, row!.kept]) {
    expect(text).toContain(id)
    expect(text).not.toContain(token)
  }
})

test('a secret key that is wrong, revoked or sent as a bearer token is rejected', async () => {
  const { id, token } = (await create('secret')).body.api_key
  const refused = { status: 401, body: { message: 'Unauthorized' } }
  expect(await list(`Basic ${token.slice(0, -1)}0x`)).toMatchObject(refused)
  expect(await list('Basic')).toMatchObject(refused)
  expect(await list(`Basic ${(await create('publishable')).body.api_key.token}`)).toMatchObject(refused)
  expect(await list(`Bearer ${token}`)).toMatchObject({
    status: 401,
    body: { message: expect.stringMatching(/Basic/) },
  })
  expect((await post(`${id}/revoke`, { revoke_in: 3600 })).status).toBe(200)
  expect((await list(`Basic ${token}`)).status).toBe(200)
  expect((await world.request('DELETE', `/admin/api-keys/${id}`)).status).toBe(400)
  const revoked = (await post(`${id}/revoke`, {})).body.api_key
  expect(await list(`Basic ${token}`)).toMatchObject(refused)
  expect((await post(`${id}/revoke`, { revoke_in: 3600 })).body.api_key.revoked_at).toBe(revoked.revoked_at)
})

describe('a publishable key', () => {
  const ask = (key?: string, body: unknown = { name: 'x' }) =>
    world.request('POST', '/store/opened', body, { authorization: '', ...(key && { 'x-publishable-api-key': key }) })

  test('is required before anything else', async () => {
    const absent = {
      type: 'not_allowed',
      message:
        'Publishable API key required in the request header: x-publishable-api-key. You can manage your keys in settings in the dashboard.',
    }
    const invalid = { type: 'not_allowed', message: 'A valid publishable key is required to proceed with the request' }
    for (const answer of [await ask(), await ask(undefined, '{"'), await world.request('GET', '/store/nothing')]) {
      expect([answer.status, answer.body]).toEqual([400, absent])
    }
    const secret = (await create('secret')).body.api_key.token
    for (const key of ['pk_nonsense', secret])
      expect([(await ask(key, {})).status, (await ask(key)).body]).toEqual([400, invalid])
    const { id, token } = (await create('publishable')).body.api_key
    expect((await ask(token)).status).toBe(200)
    expect((await ask(token, {})).body.type).toBe('invalid_data')
    await post(`${id}/revoke`)
    expect((await ask(token)).body).toEqual(invalid)
  })

  test('gives access to its enabled sales channels, with one statement', async () => {
    const { id, token } = (await create('publishable')).body.api_key
    const [web, till, closed] = [await channel(), await channel(), await channel({ is_disabled: true })]
    const linked = await post(`${id}/sales-channels`, { add: [web, till, closed] })
    expect(linked.body.api_key.sales_channels).toEqual([web, till, closed].map((one) => ({ id: one, name: 'Web' })))
    const before = world.statements.length
    expect((await ask(token)).body).toMatchObject({ keyId: id, salesChannelIds: [web, till] })
    expect(world.statements.slice(before)).toEqual([expect.stringContaining('publishable_api_key_sales_channel')])
    expect((await post(`${id}/sales-channels`, { remove: [web] })).status).toBe(200)
    expect((await ask(token)).body.salesChannelIds).toEqual([till])
    expect((await world.request('GET', `/admin/sales-channels?publishable_key_id=${id}`)).body.count).toBe(2)
    await world.request('DELETE', `/admin/sales-channels/${till}`)
    expect((await ask(token)).body.salesChannelIds).toEqual([])
  })

  test('cannot be linked to a channel that does not exist, nor can a secret key', async () => {
    const { id } = (await create('publishable')).body.api_key
    expect((await post(`${id}/sales-channels`, { add: [await channel(), 'sc_none'] })).status).toBe(404)
    expect((await world.request('GET', `/admin/api-keys/${id}`)).body.api_key.sales_channels).toEqual([])
    const secret = (await create('secret')).body.api_key.id
    expect(await post(`${secret}/sales-channels`, { add: [] })).toMatchObject({ status: 400 })
    expect((await post('apk_none/sales-channels', { add: [] })).status).toBe(404)
  })
})
