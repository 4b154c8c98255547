/** Ids and times that are the same on every pass of a workflow: never from its clock. */
import { workflowInfo } from '@temporalio/workflow'
import { nextIdParts } from './branch.ts'
import { ulidOf } from './ulid.ts'

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
