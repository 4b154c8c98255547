/** Deterministic ULIDs. */

const CROCKFORD = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const TIME_LENGTH = 10
const BRANCH_LENGTH = 13
const COUNT_LENGTH = 3
const MAX_COUNT = 32 ** COUNT_LENGTH

/** Makes an id with this prefix: `newId` of a workflow, or of a step. */
export type MakeId = (prefix: string) => string

/** A ULID whose 80 random bits are 65 bits of the seed (a UUID v4 or v7) mixed with the branch, and 15 bits of the counter. */
export function ulidOf(timeMs: number, { seed, path, n }: { seed: string; path: string; n: number }): string {
  const block = Math.floor(n / MAX_COUNT)
  const branch = branchDigits(seed, block === 0 ? path : `${path}#${block}`)
  return timeDigits(timeMs) + branch + encode(n % MAX_COUNT, COUNT_LENGTH)
}

let lastTime = { ms: Number.NaN, digits: '' }

/** Keeps the last result, as many ids have the same time. */
function timeDigits(ms: number): string {
  if (lastTime.ms !== ms) lastTime = { ms, digits: encode(ms, TIME_LENGTH) }
  return lastTime.digits
}

let lastBranch = { seed: '', path: '', digits: '' }

/** Keeps the last result, as many ids are of the same branch. */
function branchDigits(seed: string, path: string): string {
  if (lastBranch.seed !== seed || lastBranch.path !== path) lastBranch = { seed, path, digits: mix(seed, path) }
  return lastBranch.digits
}

function encode(value: number, length: number): string {
  let text = ''
  for (let rest = value; text.length < length; rest = Math.floor(rest / 32)) text = CROCKFORD[rest % 32] + text
  return text
}

/** Mixes the branch into the 72 bits of a UUID that are random both in version 4 and in version 7, which starts with the time. */
function mix(uuid: string, path: string): string {
  const hex = uuid.replaceAll('-', '')
  const random = BigInt(`0x${hex.slice(13, 16)}${hex.slice(17)}`)
  const [high, low] = path === '' ? [0, 0] : hash(path)
  return Array.from({ length: BRANCH_LENGTH }, (_, i) => {
    const digit = Number((random >> BigInt(5 * i)) & 31n)
    return CROCKFORD[(digit ^ ((i < 6 ? high : low) >>> (5 * (i % 6)))) & 31]
  }).join('')
}

/** A 64-bit hash of a text (after cyrb53, public domain). */
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
