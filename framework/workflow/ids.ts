/** Ids and times that are the same on every pass of a workflow, and so never come from its clock. */
import { workflowInfo } from '@temporalio/workflow'
import { nextIdParts } from './branch.ts'
import { ulidOf } from './ulid.ts'

/**
 * Returns a new id, `<prefix>_<ULID>`, whose time is the start of the workflow. The ids of one branch sort in the order of their calls.
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

/** A mark for what this run adds to external systems, so that its undo finds exactly that. */
export function runMark(): string {
  return workflowInfo().firstExecutionRunId
}

/** The start time of the workflow, ISO 8601 in UTC: the time that rules decide with. */
export function now(): string {
  return workflowInfo().startTime.toISOString()
}
