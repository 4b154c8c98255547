import { createHook } from 'node:async_hooks'
import { decodeJwt, SignJWT } from 'jose'
import { hashPassword, isPassword } from '../../../modules/auth/scrypt.ts'
import { historyOf } from '../../support/history.ts'
import { createWorld, type World } from '../../support/index.ts'
import { eventually } from '../../support/processes.ts'
import { ADMIN } from '../../support/sign-in.ts'

let world: World
beforeAll(async () => {
  world = await createWorld()
  await world.token()
})
afterAll(() => world.stop())

const NOBODY = { authorization: '' }
const UNAUTHORIZED = { message: 'Unauthorized' }
const login = (body: unknown, actor = 'user', provider = 'emailpass') =>
  world.request('POST', `/auth/${actor}/${provider}`, body, NOBODY)
const register = (body: unknown, actor = 'user') =>
  world.request('POST', `/auth/${actor}/emailpass/register`, body, NOBODY)
const me = (headers: Record<string, string>) => world.request('GET', '/admin/users/me', undefined, headers)
const bearer = (token: string) => ({ authorization: `Bearer ${token}` })

test('a login returns a token with the claims of the user that gives access', async () => {
  const { status, body } = await login(ADMIN)
  expect(status).toBe(200)
  const claims = decodeJwt(body.token)
  const [user] = await world.sql<{ id: string }>('select id from "user"."user"')
  expect(claims).toEqual({
    actor_id: user!.id,
    actor_type: 'user',
    auth_identity_id: expect.stringMatching(/^authid_/),
    auth_provider: 'emailpass',
    mfa_enabled: false,
    mfa_challenge_completed_at: null,
    app_metadata: { user_id: user!.id, roles: [] },
    user_metadata: {},
    iat: expect.any(Number),
    exp: claims.iat! + 86_400,
  })
  expect((await me(bearer(body.token))).body.user).toMatchObject({ id: user!.id, email: ADMIN.email })
  expect((await me({ authorization: `bEARER ${body.token}` })).status).toBe(200)
  expect((await login({ ...ADMIN, email: ADMIN.email.toUpperCase() })).status).toBe(200)
})

test('a wrong password and an unknown email have the same message and timing', async () => {
  let hashes = 0
  const hook = createHook({ init: (_, type) => void (type === 'SCRYPTREQUEST' && hashes++) }).enable()
  const counted = async (body: unknown) => {
    const before = hashes
    const answer = await login(body)
    return { ...answer, hashes: hashes - before }
  }
  const wrong = await counted({ ...ADMIN, password: 'not it' })
  const unknown = await counted({ email: 'nobody@world.test', password: 'not it' })
  hook.disable()
  const refusal = { type: 'unauthorized', message: 'Invalid email or password' }
  expect([wrong.status, wrong.body]).toEqual([401, refusal])
  expect([unknown.status, unknown.body]).toEqual([401, refusal])
  expect([wrong.hashes, unknown.hashes]).toEqual([1, 1]) // which is what takes the time
})

test.each([
  [{ email: 'a@b.test' }, 'Password should be a string'],
  [{ email: 'a@b.test', password: 1 }, 'Password should be a string'],
  [{ password: 'x' }, 'Email should be a string'],
  [{ email: ['a@b.test'], password: 'x' }, 'Email should be a string'],
  [{ email: 'a\u0000@b.test', password: 'x' }, 'Email should be a string'],
])('the credentials %j are refused', async (body, message) => {
  for (const answer of [await login(body), await register(body)]) {
    expect([answer.status, answer.body]).toEqual([401, { type: 'unauthorized', message }])
  }
})

test('a provider that is not allowed for the actor type is refused', async () => {
  const text = (actor: string, provider: string) => ({
    status: 400,
    body: {
      type: 'not_allowed',
      message: `The actor type ${actor} is not allowed to use the auth provider ${provider}`,
    },
  })
  expect(await login(ADMIN, 'user', 'google')).toMatchObject(text('user', 'google'))
  expect(await login(ADMIN, 'toString')).toMatchObject(text('toString', 'emailpass'))
  expect((await world.request('GET', '/auth/user/providers', undefined, NOBODY)).body).toEqual({
    providers: [{ id: 'emailpass', identifier: 'emailpass', display_name: 'Email and password', flow: 'credentials' }],
  })
  for (const nobody of ['toString', '__proto__', 'none']) {
    expect((await world.request('GET', `/auth/${nobody}/providers`, undefined, NOBODY)).body).toEqual({ providers: [] })
  }
})

test('a registration returns a token without access; repeated with the right password, another one', async () => {
  const credentials = { email: 'new@world.test', password: 'a new password' }
  const { status, body } = await register(credentials)
  expect(status).toBe(200)
  expect(decodeJwt(body.token)).toMatchObject({ actor_id: '', actor_type: 'user', app_metadata: {} })
  expect(await me(bearer(body.token))).toMatchObject({ status: 401, body: UNAUTHORIZED })
  const again = await register(credentials)
  expect(decodeJwt(again.body.token).auth_identity_id).toBe(decodeJwt(body.token).auth_identity_id)
  const taken = { status: 401, body: { type: 'unauthorized', message: 'Identity with email already exists' } }
  expect(await register({ ...credentials, password: 'another' })).toMatchObject(taken)
  expect(await register(ADMIN)).toMatchObject(taken)
})

test('of five concurrent registrations with one email, one succeeds and one identity exists', async () => {
  const answers = await Promise.all(
    [1, 2, 3, 4, 5].map((n) => register({ email: 'race@world.test', password: `password ${n}` })),
  )
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 401, 401, 401, 401])
  const rows = await world.sql(
    `select from auth.provider_identity p join auth.auth_identity a on a.id = p.auth_identity_id where entity_id = $1`,
    ['race@world.test'],
  )
  expect(rows).toHaveLength(1)
})

test('neither password nor hash is in a history, a receipt or the journal', async () => {
  const credentials = { email: 'secret@world.test', password: 'a-very-recognisable-password' }
  const { headers } = await register(credentials)
  const workflowId = headers.get('x-workflow-id')!
  const [row] = await world.sql<{ hash: string }>(
    `select provider_metadata ->> 'password' as hash from auth.provider_identity where entity_id = $1`,
    [credentials.email],
  )
  expect(await isPassword(credentials.password, row!.hash)).toBe(true)
  const history = await historyOf(world, workflowId)
  const [{ kept }] = (await world.sql(
    `select json_agg(r)::text || (select json_agg(j)::text from turri.journal j) as kept from turri.receipt r`,
  )) as [{ kept: string }]
  expect(history).toContain('secret@world.test')
  for (const text of [history, kept]) {
    expect(text).not.toContain(credentials.password)
    expect(text).not.toContain(row!.hash.slice(0, 60))
    expect(text).not.toContain(row!.hash.slice(-40))
  }
})

test('password hashes are compatible with scrypt-kdf', async () => {
  const bytes = Buffer.from(await hashPassword('pleaseletmein'), 'base64')
  expect(bytes.subarray(0, 16).toString('hex')).toBe('736372797074000f0000000800000001')
  const theirs = // made by scrypt-kdf 4.0.0
    'c2NyeXB0AA8AAAAIAAAAAUdbVq4L41YSABaOZAnCTGMm8CKcG1Z4yW2MG/uYU/mTKn2cmBMLjC1Bm9bUyG01bobqVMUODBjFfYECUa9p4oC4tBMT3RkZ4x2W6l8x2OyM'
  expect(await isPassword('pleaseletmein', theirs)).toBe(true)
  expect(await isPassword('pleaseletmeim', theirs)).toBe(false)
  expect(await isPassword('pleaseletmein', bytes.toString('base64'))).toBe(true)
  expect(await isPassword('pleaseletmeim', bytes.toString('base64'))).toBe(false)
  const damaged = Buffer.from(bytes)
  damaged[20]! ^= 1
  expect(await isPassword('pleaseletmein', damaged.toString('base64'))).toBe(false)
  expect(await isPassword('pleaseletmein', 'nonsense')).toBe(false)
})

describe('a session', () => {
  const begin = async (token: string) => {
    const answer = await world.request('POST', '/auth/session', undefined, bearer(token))
    return { answer, cookie: answer.headers.get('set-cookie')?.split(';')[0] ?? '' }
  }

  test('is created with a token, gives access by its cookie, and is deleted', async () => {
    const token = (await login(ADMIN)).body.token
    const { answer, cookie } = await begin(token)
    expect(answer).toMatchObject({ status: 200, body: { user: decodeJwt(token) } })
    expect(answer.headers.get('set-cookie')).toMatch(/^connect\.sid=[^;]+; Max-Age=36000; Path=\/; HttpOnly$/)
    expect((await me({ cookie, ...NOBODY })).body.user.email).toBe(ADMIN.email)
    const refreshed = await world.request('POST', '/auth/token/refresh', undefined, { cookie, ...NOBODY })
    expect(decodeJwt(refreshed.body.token)).toMatchObject({ actor_type: 'user' })
    const ended = await world.request('DELETE', '/auth/session', undefined, { cookie, ...NOBODY })
    expect(ended).toMatchObject({ status: 200, body: { success: true } })
    expect(ended.headers.get('set-cookie')).toMatch(/^connect\.sid=; Max-Age=0; Path=\//)
    for (const [method, path] of [
      ['GET', '/admin/users/me'],
      ['POST', '/auth/token/refresh'],
      ['DELETE', '/auth/session'],
    ] as const)
      expect((await world.request(method, path, undefined, { cookie, ...NOBODY })).status).toBe(401)
    const { cookie: another } = await begin(token)
    expect((await me({ cookie: another, ...NOBODY })).status).toBe(200)
  })

  test('of a shopper does not hide the bearer token of a user', async () => {
    const shopper = await register({ email: 'shopper@world.test', password: 'Sup3rsecret' }, 'customer')
    const { cookie } = await begin(shopper.body.token)
    expect((await me({ cookie, ...NOBODY })).status).toBe(401)
    const token = (await login(ADMIN)).body.token
    expect((await me({ cookie, ...bearer(token) })).body.user.email).toBe(ADMIN.email)
  })

  test('is not accepted as a token, nor a token as a session', async () => {
    const token = (await login(ADMIN)).body.token
    const { cookie } = await begin(token)
    expect(await me(bearer(cookie.slice('connect.sid='.length)))).toMatchObject({ status: 401, body: UNAUTHORIZED })
    expect((await me({ cookie: `connect.sid=${token}`, ...NOBODY })).status).toBe(401)
    for (const [method, path] of [
      ['POST', '/auth/session'],
      ['DELETE', '/auth/session'],
      ['POST', '/auth/token/refresh'],
    ] as const) {
      expect(await world.request(method, path, undefined, NOBODY)).toMatchObject({ status: 401, body: UNAUTHORIZED })
    }
    expect((await world.request('DELETE', '/auth/session', undefined, bearer(token))).status).toBe(401)
  })

  test('takes precedence over the bearer token, which is used if the session is invalid', async () => {
    const token = (await login(ADMIN)).body.token
    expect((await me({ cookie: 'connect.sid=nonsense', ...bearer(token) })).status).toBe(200)
  })
})

test('a refreshed token has the current actor', async () => {
  const { body } = await register({ email: 'later@world.test', password: 'a later password' }, 'customer')
  const { auth_identity_id } = decodeJwt(body.token) as { auth_identity_id: string }
  await world.sql(`update auth.auth_identity set app_metadata = '{"customer_id": "cus_1"}' where id = $1`, [
    auth_identity_id,
  ])
  const refresh = () => world.request('POST', '/auth/token/refresh', undefined, bearer(body.token))
  expect(decodeJwt((await refresh()).body.token)).toMatchObject({ actor_id: 'cus_1', actor_type: 'customer' })
  await world.sql('update auth.auth_identity set deleted_at = now() where id = $1', [auth_identity_id])
  expect(await refresh()).toMatchObject({ status: 401, body: UNAUTHORIZED })
})

describe('a token is rejected', () => {
  const claims = async () => decodeJwt(await world.token())
  const signed = async (payload: object, key = world.config.secrets.key('jwt'), alg = 'HS256') =>
    new SignJWT({ ...(await claims()), ...payload }).setProtectedHeader({ alg }).sign(key)
  const refused = async (token: string) =>
    expect(await me(bearer(token))).toMatchObject({ status: 401, body: UNAUTHORIZED })

  test('that has expired', async () => {
    await refused(await signed({ exp: Math.floor(Date.now() / 1000) - 1 }))
    const lasting = async (seconds: number): Promise<string> => {
      const token = await signed({ exp: Math.floor(Date.now() / 1000) + seconds })
      return (await me(bearer(token))).status === 200 ? token : lasting(2 * seconds)
    }
    const short = await lasting(2)
    await eventually(async () => (await me(bearer(short))).status === 401, 'it has expired')
    await refused(short)
  })

  test('that was tampered with, signed by another, or not signed', async () => {
    const [head, body, signature] = (await world.token()).split('.') as [string, string, string]
    await refused(
      [head, Buffer.from(JSON.stringify({ ...(await claims()), actor_id: 'x' })).toString('base64url'), signature].join(
        '.',
      ),
    )
    await refused(await signed({}, new Uint8Array(32)))
    await refused(await signed({}, world.config.secrets.key('jwt'), 'HS512'))
    await refused([Buffer.from('{"alg":"none"}').toString('base64url'), body, ''].join('.'))
    await refused('nonsense')
  })

  test('of another type of actor', async () => refused(await signed({ actor_type: 'customer' })))
  test('of a user that does not exist', async () => refused(await signed({ actor_id: 'user_none' })))
})

test('authentication comes before validation', async () => {
  for (const [method, path, body] of [
    ['POST', '/admin/brands', {}],
    ['POST', '/admin/brands', '{"name'],
    ['GET', '/admin/brands?limit=-1', undefined],
    ['GET', '/admin/nothing', undefined],
    ['POST', '/admin/brands/sync', 'x'.repeat(200_000)],
  ] as const) {
    expect(await world.request(method, path, body, NOBODY)).toMatchObject({ status: 401, body: UNAUTHORIZED })
  }
  for (const path of ['/health', '/ready', '/docs', '/openapi.json']) {
    expect((await world.request('GET', path, undefined, NOBODY)).status).toBe(200)
  }
})

test('the document lists the security requirements of each route', async () => {
  const { body } = await world.request('GET', '/openapi.json', undefined, NOBODY)
  expect(Object.keys(body.components.securitySchemes)).toEqual(['bearer', 'session', 'secretKey', 'publishableKey'])
  expect(body.paths['/admin/brands'].post.security).toEqual([{ bearer: [] }, { session: [] }, { secretKey: [] }])
  expect(body.paths['/auth/session'].post.security).toBeUndefined()
})

test('a change is recorded with the user as actor', async () => {
  const { body } = await world.request('POST', '/admin/brands', { name: 'By a user' })
  const { body: changes } = await world.request('GET', `/admin/changes?id=${body.brand.id}`)
  expect(changes.changes[0].actor).toBe(decodeJwt(await world.token()).actor_id)
})

test('pages of allowed origins may send cookies, others may not', async () => {
  const preflight = (path: string, origin: string) =>
    world.request('OPTIONS', path, undefined, {
      origin,
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'content-type,authorization',
      ...NOBODY,
    })
  const allowed = await preflight('/admin/brands', 'http://localhost:5173')
  expect(allowed.status).toBe(204)
  expect(allowed.headers.get('access-control-allow-origin')).toBe('http://localhost:5173')
  expect(allowed.headers.get('access-control-allow-credentials')).toBe('true')
  expect(allowed.headers.get('access-control-allow-headers')).toBe('content-type,authorization')
  expect(
    (await preflight('/admin/brands', 'http://localhost:8000')).headers.get('access-control-allow-origin'),
  ).toBeNull()
  expect(
    (await preflight('/store/x', 'http://localhost:8000')).headers.get('access-control-allow-origin'),
  ).not.toBeNull()
  const refused = await world.request('GET', '/admin/brands', undefined, { origin: 'http://localhost:5173', ...NOBODY })
  expect(refused.status).toBe(401)
  expect(refused.headers.get('access-control-allow-origin')).toBe('http://localhost:5173')
})
