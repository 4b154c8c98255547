/**
 * Password hashes in the format of scrypt-kdf (version 0): 96 bytes in base64. The first 48 are parameters and salt, followed by a
 * checksum of 16 bytes over these and an HMAC over all of it, whose key is derived from the password.
 */
import { createHash, createHmac, randomBytes, scrypt, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'

const derive = promisify(scrypt) as (password: string, salt: Buffer, length: number, options: object) => Promise<Buffer>

/** Medusa's parameters: 32 MiB and about 60 ms for each hash. */
const PARAMETERS = { logN: 15, r: 8, p: 1 }
/** The limit for the parameters of stored hashes. */
const MAX_MEMORY = 256 * 1024 * 1024
const [HEADER, CHECKED, SIGNED, LENGTH] = [48, 64, 64, 96]

/** Hashes a password in another thread. */
export async function hashPassword(password: string): Promise<string> {
  const head = headOf(randomBytes(32))
  const signature = await signatureOf(password, head)
  return Buffer.concat([head, signature]).toString('base64')
}

/** Whether a password matches the hash, compared in constant time. */
export async function isPassword(password: string, hash: string): Promise<boolean> {
  const bytes = Buffer.from(hash, 'base64')
  if (bytes.length !== LENGTH || !timingSafeEqual(checksumOf(bytes), bytes.subarray(HEADER, CHECKED))) return false
  return timingSafeEqual(await signatureOf(password, bytes.subarray(0, SIGNED)), bytes.subarray(SIGNED))
}

/** A hash that no password matches. Comparing with it takes as long as with a real one. */
export function createDummyHash(): string {
  return Buffer.concat([headOf(randomBytes(32)), randomBytes(32)]).toString('base64')
}

function headOf(salt: Buffer): Buffer {
  const parameters = Buffer.alloc(16)
  parameters.write('scrypt')
  parameters.writeUInt8(PARAMETERS.logN, 7)
  parameters.writeUInt32BE(PARAMETERS.r, 8)
  parameters.writeUInt32BE(PARAMETERS.p, 12)
  const head = Buffer.concat([parameters, salt])
  return Buffer.concat([head, checksumOf(head)])
}

function checksumOf(head: Buffer): Buffer {
  return createHash('sha256').update(head.subarray(0, HEADER)).digest().subarray(0, 16)
}

async function signatureOf(password: string, head: Buffer): Promise<Buffer> {
  const options = {
    N: 2 ** head.readUInt8(7),
    r: head.readUInt32BE(8),
    p: head.readUInt32BE(12),
    maxmem: MAX_MEMORY,
  }
  const derived = await derive(password, head.subarray(16, HEADER), 64, options)
  return createHmac('sha256', derived.subarray(32)).update(head).digest()
}
