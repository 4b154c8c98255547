/** Ids of requests and changes. */
import { ulid } from 'ulid'

const bytes = new Uint8Array(4096)
let used = bytes.length

/** A ULID of the current time. By default `ulid` requests each of its sixteen random bytes separately, which takes fifty times as long. */
export const newUlid = (): string => ulid(undefined, random)

/** A number between 0 and 1 from a buffer of random bytes. */
function random(): number {
  if (used === bytes.length) {
    crypto.getRandomValues(bytes)
    used = 0
  }
  return bytes[used++]! / 256
}
