/** ULIDs that are made of what is known, not of chance. */

const CROCKFORD = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const TIME_LENGTH = 10
const BRANCH_LENGTH = 13
const COUNT_LENGTH = 3
const MAX_COUNT = 32 ** COUNT_LENGTH

/** Mints an id with this in front: `newId` of a workflow, or of a step. */
export type MakeId = (prefix: string) => string

/** A ULID whose 80 random bits are 65 of the seed, a UUID of version 4 or 7, mixed with the branch, and 15 of the count. */
export function ulidOf(timeMs: number, { seed, path, n }: { seed: string; path: string; n: number }): string {
  const block = Math.floor(n / MAX_COUNT)
  const branch = remembered(seed, block === 0 ? path : `${path}#${block}`)
  return digitsOfTime(timeMs) + branch + number(n % MAX_COUNT, COUNT_LENGTH)
}

let lastTime = { ms: Number.NaN, digits: '' }

/** Ids are made many at a time, also of the same moment. */
function digitsOfTime(ms: number): string {
  if (lastTime.ms !== ms) lastTime = { ms, digits: number(ms, TIME_LENGTH) }
  return lastTime.digits
}

let last = { seed: '', path: '', digits: '' }

function remembered(seed: string, path: string): string {
  if (last.seed !== seed || last.path !== path) last = { seed, path, digits: digits(seed, path) }
  return last.digits
}

function number(value: number, length: number): string {
  let text = ''
  for (let rest = value; text.length < length; rest = Math.floor(rest / 32)) text = CROCKFORD[rest % 32] + text
  return text
}

/** Of the 72 bits of a UUID that are random in version 4 and in version 7, which begins with the time. */
function digits(uuid: string, path: string): string {
  const hex = uuid.replaceAll('-', '')
  const random = BigInt(`0x${hex.slice(13, 16)}${hex.slice(17)}`)
  const [high, low] = path === '' ? [0, 0] : hash(path)
  return Array.from({ length: BRANCH_LENGTH }, (_, i) => {
    const digit = Number((random >> BigInt(5 * i)) & 31n)
    return CROCKFORD[(digit ^ ((i < 6 ? high : low) >>> (5 * (i % 6)))) & 31]
  }).join('')
}

/** 64 well-mixed bits of a text (after cyrb53, public domain). */
function hash(text: string): [number, number] {
  let high = 0xdeadbeef
  let low = 0x41c6ce57
  for (let i = 0; i < text.length; i++) {
    high = Math.imul(high ^ text.charCodeAt(i), 2654435761)
    low = Math.imul(low ^ text.charCodeAt(i), 1597334677)
  }
  high = Math.imul(high ^ (high >>> 16), 2246822507) ^ Math.imul(low ^ (low >>> 13), 3266489909)
  low = Math.imul(low ^ (low >>> 16), 2246822507) ^ Math.imul(high ^ (high >>> 13), 3266489909)
  return [high >>> 0, low >>> 0]
}
