/** The keys that payloads are encrypted with. */
import { createSecretKey, type KeyObject, randomBytes } from 'node:crypto'

export interface EncryptionKey {
  /** Stored with each encrypted payload, to find its key. */
  id: string
  secret: KeyObject
}

const KEY_BYTES = 32
const ID = /^[\w.-]{1,64}$/
const BASE64 = /^[A-Za-z0-9+/]+={0,2}$/

/**
 * Parses `<id>:<base64 of 32 bytes>`, comma separated. The first key encrypts, all decrypt.
 *
 * @throws an Error that names the wrong key without its secret.
 * @example parseKeys(process.env.TURRI_ENCRYPTION_KEY ?? '')
 */
export function parseKeys(text: string): EncryptionKey[] {
  const keys = text.trim() === '' ? [] : text.split(',').map((entry, at) => parseKey(entry.trim(), at + 1))
  const ids = keys.map(({ id }) => id)
  const twice = ids.find((id, at) => ids.indexOf(id) !== at)
  if (twice) throw new Error(`the key id '${twice}' is there twice`)
  return keys
}

function parseKey(entry: string, position: number): EncryptionKey {
  const [id = '', secret, ...more] = entry.split(':')
  if (!ID.test(id) || !secret || more.length > 0) {
    throw new Error(`key ${position} must be <id>:<base64 of ${KEY_BYTES} bytes>; \`turri key new\` makes one`)
  }
  const bytes = Buffer.from(secret, 'base64')
  if (!BASE64.test(secret)) throw new Error(`the key '${id}' is no base64; \`turri key new\` makes one`)
  if (bytes.length !== KEY_BYTES) {
    throw new Error(`the key '${id}' has ${bytes.length} bytes, not ${KEY_BYTES}; \`turri key new\` makes one`)
  }
  return { id, secret: createSecretKey(bytes) }
}

/** Generates a key for `TURRI_ENCRYPTION_KEY`. Its id contains the date. */
export function newKey(): string {
  const day = new Date().toISOString().slice(0, 10)
  return `${day}-${randomBytes(3).toString('hex')}:${randomBytes(KEY_BYTES).toString('base64')}`
}
