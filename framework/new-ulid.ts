/** Ids of requests and changes. */
import { ulid } from 'ulid'

const bytes = new Uint8Array(4096)
let used = bytes.length

/** A ULID of now. Left alone, `ulid` fetches each of sixteen random bytes from the system, which takes fifty times as long. */
export const newUlid = (): string => ulid(undefined, random)

/** Between 0 and 1, by random bytes that are fetched many at a time. */
function random(): number {
  if (used === bytes.length) {
    crypto.getRandomValues(bytes)
    used = 0
  }
  return bytes[used++]! / 256
}
