import { defaultPayloadConverter, type Payload } from '@temporalio/common'
import { loadConfig } from '../../framework/config.ts'
import { clear, encryptionCodec } from '../../framework/temporal/codec.ts'
import { newKey, parseKeys } from '../../framework/temporal/keys.ts'
import { keyNamed } from '../support/keys.ts'

const [oldKey, freshKey] = [keyNamed('old'), keyNamed('new')]
const codecOf = (...keys: string[]) => encryptionCodec(parseKeys(keys.join(',')))
const payload = defaultPayloadConverter.toPayload({ text: 'Recognisable' })
const valueIn = (one: Payload | undefined) => defaultPayloadConverter.fromPayload(one!)
const bytesOf = ({ data }: Payload) => Buffer.from(data!)

test('what is encrypted hides the text and the kind, names its key, and comes back as it was', async () => {
  const [stored] = await codecOf(freshKey, oldKey).encode([payload])
  expect(bytesOf(stored!).toString('latin1')).not.toMatch(/Recognisable|json\/plain/)
  expect(Object.entries(stored!.metadata!).map(([name, value]) => `${name}=${Buffer.from(value)}`)).toEqual([
    'encoding=binary/encrypted',
    'encryption-key-id=new',
  ])
  const [back] = await codecOf(freshKey).decode([stored!])
  expect(valueIn(back)).toEqual({ text: 'Recognisable' })
})

test('the same text never looks the same twice', async () => {
  const codec = codecOf(oldKey)
  const stored = await codec.encode([payload, payload])
  expect(new Set(stored.map((one) => bytesOf(one).toString('hex'))).size).toBe(2)
  expect(new Set(stored.map((one) => bytesOf(one).subarray(0, 12).toString('hex'))).size).toBe(2)
})

test('rows alike take little room, and come back as they were', async () => {
  const rows = Array.from({ length: 1000 }, (_, i) => ({ id: `prod_${i}`, title: 'Größe', status: 'draft' }))
  const large = defaultPayloadConverter.toPayload(rows)!
  const codec = codecOf(oldKey)
  const [stored] = await codec.encode([large])
  expect(bytesOf(stored!).length * 4).toBeLessThan(bytesOf(large).length)
  const [back] = await codec.decode([stored!])
  expect(valueIn(back)).toEqual(rows)
  expect(Object.keys(back!.metadata!)).toEqual(['encoding'])
})

test('all keys decrypt; without the key, it says which one is missing', async () => {
  const [stored] = await codecOf(oldKey).encode([payload])
  expect(valueIn((await codecOf(freshKey, oldKey).decode([stored!]))[0])).toEqual({ text: 'Recognisable' })
  await expect(codecOf(freshKey).decode([stored!])).rejects.toMatchObject({
    code: 'ENCRYPTION_KEY_UNKNOWN',
    message: expect.stringMatching(/under the key 'old', but TURRI_ENCRYPTION_KEY does not hold it/),
  })
  await expect(codecOf().decode([stored!])).rejects.toThrow(/TURRI_ENCRYPTION_KEY is not set/)
})

test('what was changed is refused: text, tag, IV, key id, length', async () => {
  const other = keyNamed('other')
  const codec = codecOf(oldKey, other)
  const [stored] = await codec.encode([payload])
  const flipped = (at: number) => {
    const data = Buffer.from(bytesOf(stored!))
    data[at < 0 ? data.length + at : at]! ^= 1
    return { ...stored!, data }
  }
  const renamed = { ...stored!, metadata: { ...stored!.metadata, 'encryption-key-id': Buffer.from('other') } }
  const short = { ...stored!, data: bytesOf(stored!).subarray(0, 20) }
  for (const changed of [flipped(0), flipped(15), flipped(-1), renamed, short, { ...stored!, data: null }]) {
    await expect(codec.decode([changed])).rejects.toMatchObject({ code: 'ENCRYPTION_DAMAGED' })
  }
})

test('the key id is authenticated: two ids of one secret are not the same key', async () => {
  const secret = oldKey.split(':')[1]
  const codec = codecOf(`a:${secret}`, `b:${secret}`)
  const [stored] = await codec.encode([payload])
  const renamed = { ...stored!, metadata: { ...stored!.metadata, 'encryption-key-id': Buffer.from('b') } }
  await expect(codec.decode([renamed])).rejects.toMatchObject({ code: 'ENCRYPTION_DAMAGED' })
})

test('clear text from before is passed through; without a key nothing is encrypted; what is meant to be clear stays it', async () => {
  expect(await codecOf(oldKey).decode([payload])).toEqual([payload])
  expect(await codecOf().encode([payload])).toEqual([payload])
  const [stored] = await codecOf(oldKey).encode([defaultPayloadConverter.toPayload(clear('turritopsis'))])
  expect(bytesOf(stored!).toString()).toBe('"turritopsis"')
  expect(valueIn((await codecOf(freshKey).decode([stored!]))[0])).toBe('turritopsis')
})

const secret32 = Buffer.alloc(32, 7).toString('base64')
test.each([
  ['no id', secret32, /key 1 must be <id>:<base64 of 32 bytes>/],
  ['an empty place', `a:${secret32},`, /key 2 must be <id>:<base64 of 32 bytes>/],
  ['no base64', 'a:not*base64', /the key 'a' is no base64/],
  ['too short', `a:${Buffer.alloc(16).toString('base64')}`, /the key 'a' has 16 bytes, not 32/],
  ['too long', `a:${Buffer.alloc(33).toString('base64')}`, /the key 'a' has 33 bytes, not 32/],
  ['a double id', `a:${secret32},a:${secret32}`, /the key id 'a' is there twice/],
])('a key that is wrong (%s) is named, and never shown', (_, keys, message) => {
  const load = () => loadConfig({ ...process.env, TURRI_ENCRYPTION_KEY: keys })
  expect(load).toThrow(/^The environment variable TURRI_ENCRYPTION_KEY is wrong: /)
  expect(load).toThrow(message)
  expect(load).not.toThrow(secret32)
})

test('in production it does not start without a key, and says how to make one', () => {
  const env = { ...process.env, NODE_ENV: 'production', TURRI_SECRET: 'x'.repeat(16), TURRI_ENCRYPTION_KEY: '' }
  expect(() => loadConfig(env)).toThrow(/^Set TURRI_ENCRYPTION_KEY: .* `turri key new` makes one\.$/)
  expect(loadConfig({ ...env, TURRI_ENCRYPTION_KEY: `${newKey()}, ${oldKey}` }).keys).toMatchObject([{}, { id: 'old' }])
})
