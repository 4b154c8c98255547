/** The payload codec: AES-256-GCM, with the key's id stored beside the data. */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { deflateRawSync, inflateRawSync } from 'node:zlib'
import { defaultPayloadConverter, type Payload, type PayloadCodec, RawValue } from '@temporalio/common'
import proto from '@temporalio/proto'
import { Problem } from '../problem.ts'
import type { EncryptionKey } from './keys.ts'

const { Payload: PayloadMessage } = proto.temporal.api.common.v1
const ENCODING = 'binary/encrypted'
const KEY_ID = 'encryption-key-id'
const CLEAR = 'turri-clear'
const CIPHER = 'aes-256-gcm'
const IV_BYTES = 12
const TAG_BYTES = 16
/** Deflating shrinks lists of similar rows to a twentieth, at a millisecond per MiB. Small payloads are not worth it. */
const DEFLATED_FROM_BYTES = 4096
const DEFLATED = 'turri-deflated'

/**
 * Creates the codec. The first key encrypts, all decrypt; without keys nothing is encrypted. Unencrypted payloads can always be read.
 *
 * @throws Problem `ENCRYPTION_KEY_UNKNOWN` or `ENCRYPTION_DAMAGED` from `decode`.
 */
export function encryptionCodec(keys: EncryptionKey[]): PayloadCodec {
  const [first] = keys
  const byId = new Map(keys.map((key) => [key.id, key]))
  return {
    encode: async (payloads) =>
      first ? payloads.map((payload) => (payload.metadata?.[CLEAR] ? payload : encrypted(payload, first))) : payloads,
    decode: async (payloads) => payloads.map((payload) => (isEncrypted(payload) ? decrypted(payload, byId) : payload)),
  }
}

/** A value that is never encrypted, for what must outlive every key. Never use it for personal data. */
export function clear(value: unknown): RawValue {
  const payload = defaultPayloadConverter.toPayload(value)
  return RawValue.fromPayload({ ...payload, metadata: { ...payload.metadata, [CLEAR]: bytesOf('1') } })
}

/** Encrypts the whole payload, so that its metadata is hidden as well. */
function encrypted(payload: Payload, { id, secret }: EncryptionKey): Payload {
  const iv = randomBytes(IV_BYTES)
  const cipher = createCipheriv(CIPHER, secret, iv).setAAD(aadOf(id))
  const body = cipher.update(PayloadMessage.encode(deflated(payload)).finish())
  const data = Buffer.concat([iv, body, cipher.final(), cipher.getAuthTag()])
  return { metadata: { encoding: bytesOf(ENCODING), [KEY_ID]: bytesOf(id) }, data }
}

function decrypted(payload: Payload, keys: Map<string, EncryptionKey>): Payload {
  const id = textOf(payload.metadata?.[KEY_ID])
  const key = keys.get(id)
  if (!key) throw unknownKey(id, keys.size)
  try {
    return inflated(PayloadMessage.decode(open(payload.data ?? new Uint8Array(), key)))
  } catch (error) {
    const damaged = new Problem(
      'unexpected_state',
      `What was encrypted under the key '${id}' has been changed since, or that key is another one now.`,
      'ENCRYPTION_DAMAGED',
    )
    damaged.cause = error
    throw damaged
  }
}

function open(data: Uint8Array, { id, secret }: EncryptionKey): Uint8Array {
  const iv = data.subarray(0, IV_BYTES)
  const tag = data.subarray(-TAG_BYTES)
  const decipher = createDecipheriv(CIPHER, secret, iv, { authTagLength: TAG_BYTES }).setAAD(aadOf(id)).setAuthTag(tag)
  return Buffer.concat([decipher.update(data.subarray(IV_BYTES, -TAG_BYTES)), decipher.final()])
}

function deflated(payload: Payload): Payload {
  const { data, metadata } = payload
  if (!data || data.length < DEFLATED_FROM_BYTES) return payload
  return { metadata: { ...metadata, [DEFLATED]: bytesOf('1') }, data: deflateRawSync(data, { level: 1 }) }
}

function inflated(payload: Payload): Payload {
  const { [DEFLATED]: isDeflated, ...metadata } = payload.metadata ?? {}
  return isDeflated ? { metadata, data: inflateRawSync(payload.data!) } : payload
}

function unknownKey(id: string, known: number): Problem {
  const why = known === 0 ? 'is not set' : 'does not hold it'
  return new Problem(
    'unexpected_state',
    `This was encrypted under the key '${id}', but TURRI_ENCRYPTION_KEY ${why}. Add that key behind the others.`,
    'ENCRYPTION_KEY_UNKNOWN',
  )
}

const isEncrypted = (payload: Payload) => textOf(payload.metadata?.encoding) === ENCODING
/** Authenticates the key's id, so that a payload cannot be attributed to another key. */
const aadOf = (id: string) => bytesOf(`turritopsis ${ENCODING} ${id}`)
const bytesOf = (text: string): Uint8Array => Buffer.from(text)
const textOf = (bytes: Uint8Array | null | undefined) => (bytes ? Buffer.from(bytes).toString() : '')
