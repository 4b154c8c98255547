/** Keys derived from the secret of a shop (`TURRI_SECRET`), a different one for each purpose. */
import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto'

export interface Secrets {
  /** A key of 32 bytes for one purpose, such as `'jwt'`. */
  key(purpose: string): Uint8Array
  /** A keyed digest of a text that must not be stored itself, such as a random token. */
  digest(purpose: string, text: string): string
  /** A token `<prefix>_<64 hex digits>` derived from an id: only with the secret it can be made again. */
  tokenFor(prefix: string, id: string): string
  /** Encrypts a text for its way through histories. */
  seal(text: string): string
  /** Decrypts a sealed text. @throws if it was sealed with another secret, or changed. */
  open(sealed: string): string
}

const CIPHER = 'aes-256-gcm'
const IV_BYTES = 12
const TAG_BYTES = 16

/** @example createSecrets(process.env.TURRI_SECRET).key('jwt') */
export function createSecrets(secret: string): Secrets {
  const keys = new Map<string, Uint8Array>()
  const key = (purpose: string) => {
    const known = keys.get(purpose)
    if (known) return known
    const derived = new Uint8Array(hkdfSync('sha256', secret, '', `turritopsis/${purpose}`, 32))
    keys.set(purpose, derived)
    return derived
  }
  const hmac = (purpose: string, text: string) => createHmac('sha256', key(purpose)).update(text)
  return {
    key,
    digest: (purpose, text) => hmac(purpose, text).digest('base64url'),
    tokenFor: (prefix, id) => `${prefix}_${hmac(`token ${prefix}`, id).digest('hex')}`,
    seal: (text) => seal(key('seal'), text),
    open: (sealed) => open(key('seal'), sealed),
  }
}

function seal(key: Uint8Array, text: string): string {
  const iv = randomBytes(IV_BYTES)
  const cipher = createCipheriv(CIPHER, key, iv)
  const data = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
  return Buffer.concat([iv, cipher.getAuthTag(), data]).toString('base64url')
}

function open(key: Uint8Array, sealed: string): string {
  const bytes = Buffer.from(sealed, 'base64url')
  const decipher = createDecipheriv(CIPHER, key, bytes.subarray(0, IV_BYTES), { authTagLength: TAG_BYTES })
  decipher.setAuthTag(bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES))
  return Buffer.concat([decipher.update(bytes.subarray(IV_BYTES + TAG_BYTES)), decipher.final()]).toString('utf8')
}
