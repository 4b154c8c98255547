import { defaultPayloadConverter, type Payload } from '@temporalio/common'
import { codecEndpoint } from '../../api/codec.ts'
import { openDatabase } from '../../framework/database.ts'
import { createLogger } from '../../framework/log.ts'
import { encryptionCodec } from '../../framework/temporal/codec.ts'
import { parseKeys } from '../../framework/temporal/keys.ts'
import { assembleApi } from '../../server.ts'
import { createWorld } from '../support/index.ts'
import { keyNamed } from '../support/keys.ts'

const [key, other] = [keyNamed('one'), keyNamed('other')]
const UI = 'http://127.0.0.1:8233'
const TOKEN = 'a-token-of-16-chars-or-more'

/** As the user interface sends it. */
const wireOf = ({ metadata, data }: Payload) => ({
  metadata: Object.fromEntries(Object.entries(metadata!).map(([name, bytes]) => [name, base64(bytes)])),
  data: base64(data!),
})
const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64')
const text = defaultPayloadConverter.toPayload('a readable text')
const encrypted = async (keys = key) => wireOf((await encryptionCodec(parseKeys(keys)).encode([text]))[0]!)

test('with a key, the codec endpoint decrypts for the origin of Temporal’s web UI only', async () => {
  const world = await createWorld({ keys: key, temporalUiUrl: UI })
  const payloads = [await encrypted()]
  const decode = (origin?: string) =>
    world.request('POST', '/codec/decode', { payloads }, { 'x-namespace': 'default', ...(origin && { origin }) })
  for (const origin of [UI, 'http://localhost:8233']) {
    const answer = await decode(origin)
    expect(answer).toMatchObject({ status: 200, body: { payloads: [wireOf(text)] } })
    expect(answer.headers.get('access-control-allow-origin')).toBe(origin)
  }
  expect(await decode()).toMatchObject({ status: 200 })
  const foreign = await decode('http://127.0.0.1:9999')
  expect(foreign).toMatchObject({ status: 403, body: { code: 'CODEC_ORIGIN' } })
  expect(foreign.headers.get('access-control-allow-origin')).toBeNull()
  const headers = {
    'access-control-request-method': 'POST',
    'access-control-request-headers': 'content-type,x-namespace',
  }
  const asked = await world.request('OPTIONS', '/codec/decode', undefined, { origin: UI, ...headers })
  expect(asked.status).toBe(204)
  expect(asked.headers.get('access-control-allow-headers')).toBe('content-type,x-namespace')
  const again = await world.request('POST', '/codec/encode', { payloads: [wireOf(text)] })
  expect((await world.request('POST', '/codec/decode', again.body)).body).toEqual({ payloads: [wireOf(text)] })
  expect(again.body.payloads[0].metadata.encoding).toBe(base64(Buffer.from('binary/encrypted')))
  await world.stop()
})

test('without a key there is no codec endpoint', async () => {
  const world = await createWorld({ keys: '' })
  expect((await world.request('POST', '/codec/decode', { payloads: [] })).status).toBe(404)
  await world.stop()
})

test('in production or on a public address there is no codec endpoint without a token', async () => {
  const world = await createWorld({ keys: key })
  const ask = async (more: object) => {
    const log = createLogger({ level: 'silent' })
    const db = openDatabase({ url: world.databaseUrl, max: 1, readOnly: true, log })
    const { project, client, runner } = world
    const config = { ...world.config, ...more }
    const api = assembleApi({ project, config, client, db, runner, log, state: { draining: false } })
    const { status } = await api.request('/codec/decode', { method: 'POST', body: JSON.stringify({ payloads: [] }) })
    await db.destroy()
    return status
  }
  expect(await ask({})).toBe(200)
  for (const open of [{ host: '0.0.0.0' }, { production: true }]) {
    expect(await ask(open)).toBe(404)
    expect(await ask({ ...open, codecToken: TOKEN })).toBe(401)
  }
  await world.stop()
})

describe('the codec endpoint refuses', () => {
  const api = async (body: unknown, headers: Record<string, string> = {}, options: { token?: string } = {}) => {
    const app = codecEndpoint({ codec: encryptionCodec(parseKeys(key)), ...options })
    app.onError((error) => Response.json({ status: (error as { status?: number }).status, ...error }, { status: 400 }))
    const response = await app.request('/decode', { method: 'POST', headers, body: JSON.stringify(body) })
    return (await response.json()) as Record<string, unknown>
  }

  test('requests without the token, if one is set', async () => {
    const body = { payloads: [await encrypted()] }
    expect(await api(body, {}, { token: TOKEN })).toMatchObject({ code: 'CODEC_TOKEN' })
    expect(await api(body, { authorization: 'Bearer another' }, { token: TOKEN })).toMatchObject({
      code: 'CODEC_TOKEN',
    })
    const answer = await api(body, { authorization: `Bearer ${TOKEN}` }, { token: TOKEN })
    expect(answer).toEqual({ payloads: [wireOf(text)] })
  })

  test('payloads that were tampered with or encrypted with another key', async () => {
    const { data, metadata } = await encrypted()
    const changed = { metadata, data: base64(Buffer.from(data, 'base64').fill(1, 30, 31)) }
    expect(await api({ payloads: [changed] })).toMatchObject({ type: 'invalid_data', code: 'ENCRYPTION_DAMAGED' })
    const unknown = await api({ payloads: [await encrypted(other)] })
    expect(unknown).toMatchObject({ type: 'invalid_data', code: 'ENCRYPTION_KEY_UNKNOWN' })
  })

  test('bodies that are not a list of payloads or too large', async () => {
    for (const body of [undefined, {}, { payloads: [{ data: '*' }] }, { payloads: 'x' }, []]) {
      expect(await api(body)).toMatchObject({ type: 'invalid_data' })
    }
    const large = { payloads: [{ data: 'A'.repeat(16 * 1024 * 1024) }] }
    expect(await api(large)).toMatchObject({ status: 413 })
    expect(await api({ payloads: [{ data: 'A'.repeat(4 * 1024 * 1024) }] })).toMatchObject({ payloads: [{}] })
  })
})
