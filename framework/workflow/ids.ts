/** Ids and times that are the same on every pass of a workflow: never from its clock. */
import { workflowInfo } from '@temporalio/workflow'
import { nextIdParts } from './branch.ts'

const CROCKFORD = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const TIME_LENGTH = 10
const BRANCH_LENGTH = 13
const COUNT_LENGTH = 3
const MAX_COUNT = 32 ** COUNT_LENGTH

/**
 * A new id: `<prefix>_<ULID>`, whose time is the start of the workflow. The ids of one branch rise in the order they are made.
 *
 * @example const id = newId('brand') // brand_01JD6ZK1B3V6QJ0M4T8N2C5XYZ
 */
export function newId(prefix: string): string {
  return `${prefix}_${ulidOf(workflowInfo().startTime.getTime(), nextIdParts())}`
}

/**
 * The rows, each with a new id.
 *
 * @example const tags = withIds('ptag', product_tags)
 */
export function withIds<R extends object>(prefix: string, rows: readonly R[]): (R & { id: string })[] {
  return rows.map((row) => ({ ...row, id: newId(prefix) }))
}

/** The mark that everything carries which this run adds to the outside world. */
export function runMark(): string {
  return workflowInfo().firstExecutionRunId
}

/** The time a change is decided at: the start of its workflow, ISO 8601 in UTC. */
export function now(): string {
  return workflowInfo().startTime.toISOString()
}

/** A ULID whose 80 random bits are 65 of the seed, mixed with the branch, and 15 of the count. */
export function ulidOf(timeMs: number, { seed, path, n }: { seed: string; path: string; n: number }): string {
  const block = Math.floor(n / MAX_COUNT)
  const branch = digits(seed, block === 0 ? path : `${path}#${block}`)
  return number(timeMs, TIME_LENGTH) + branch + number(n % MAX_COUNT, COUNT_LENGTH)
}

function number(value: number, length: number): string {
  let text = ''
  for (let rest = value; text.length < length; rest = Math.floor(rest / 32)) text = CROCKFORD[rest % 32] + text
  return text
}

/** The random bytes of the UUID, less those that hold its version and variant. */
function digits(uuid: string, path: string): string {
  const bytes = uuid
    .replaceAll('-', '')
    .match(/../g)!
    .map((hex) => Number.parseInt(hex, 16))
  const random = bytes.filter((_, i) => i !== 6 && i !== 8).slice(0, BRANCH_LENGTH)
  const [high, low] = path === '' ? [0, 0] : hash(path)
  return random.map((byte, i) => CROCKFORD[(byte ^ ((i < 6 ? high : low) >>> (5 * (i % 6)))) & 31]).join('')
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
