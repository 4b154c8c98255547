/** Ids and times that are the same on every pass of a workflow: never from its clock. */
import { sha256 } from '@noble/hashes/sha2.js'
import { utf8ToBytes } from '@noble/hashes/utils.js'
import { workflowInfo } from '@temporalio/workflow'
import { nextSeed } from './branch.ts'

const CROCKFORD = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/**
 * A new id: `<prefix>_<ULID>`, whose time is the start of the workflow.
 *
 * @example const id = newId('brand') // brand_01JD6ZK1B3V6QJ0M4T8N2C5XYZ
 */
export function newId(prefix: string): string {
  return `${prefix}_${ulidOf(workflowInfo().startTime.getTime(), nextSeed())}`
}

/** The mark that everything carries which this run adds to the outside world. */
export function runMark(): string {
  return workflowInfo().firstExecutionRunId
}

/** The time a change is decided at: the start of its workflow, ISO 8601 in UTC. */
export function now(): string {
  return workflowInfo().startTime.toISOString()
}

/** A ULID whose 80 random bits are a digest of the seed. */
export function ulidOf(timeMs: number, seed: string): string {
  let time = ''
  for (let rest = timeMs; time.length < 10; rest = Math.floor(rest / 32)) time = CROCKFORD[rest % 32] + time
  const random = [...sha256(utf8ToBytes(seed)).slice(0, 16)].map((byte) => CROCKFORD[byte % 32]).join('')
  return time + random
}
