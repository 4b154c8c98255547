/** Executions of workflows for operators: Temporal's history merged with our receipts. */
import {
  type Client,
  type WorkflowExecutionDescription,
  type WorkflowExecutionInfo,
  type WorkflowHandle,
  WorkflowNotFoundError,
} from '@temporalio/client'
import type { Database } from '../database.ts'
import { Problem } from '../problem.ts'
import { camel, kebab } from '../workflow/change.ts'
import type { ChangeMemo } from '../workflow/step.ts'
import { decodeMessages } from './data-converter.ts'
import { inputOf, outcomeOf } from './history.ts'
import { firstRunOf } from './runs.ts'
import { type Step, stepsOf } from './steps.ts'

/** The states of the HTTP API (`docs/http-api.md`, Executions). */
export const EXECUTION_STATES = [
  'not_started',
  'invoking',
  'waiting_to_compensate',
  'compensating',
  'done',
  'reverted',
  'failed',
] as const
export type ExecutionState = (typeof EXECUTION_STATES)[number]

export interface Execution {
  id: string
  workflow_id: string
  transaction_id: string
  run_id: string
  state: ExecutionState
  /** ISO 8601 in UTC. */
  created_at: string
  updated_at: string
  deleted_at: null
}

export interface ExecutionDetail extends Execution {
  steps: Step[]
  input: unknown
  output: unknown
  /** The progress that a running workflow shows; absent if it shows none, or no worker answers. */
  progress?: unknown
  /** The refusal or failure. */
  error?: { type: string; message: string }
}

export interface ExecutionFilter {
  workflow_id?: string[]
  transaction_id?: string[]
  state?: ExecutionState[]
  /** The beginning of the workflow's id. */
  q?: string
  /** ISO 8601. */
  created_after?: string
  created_before?: string
  limit: number
  offset: number
}

export interface Executions {
  /** Newest first. */
  list(filter: ExecutionFilter): Promise<{ rows: Execution[]; count: number }>
  /**
   * @param id `wf_exec_<run id>`, or the workflow's id.
   * @throws Problem `not_found`
   */
  show(id: string): Promise<ExecutionDetail>
  /** The id of the workflow and of the first run of its chain. @throws Problem `not_found` */
  runOf(id: string): Promise<{ workflowId: string; runId: string }>
  /** Requests the workflow to stop and to undo its effects. @throws Problem `not_found`, or `not_allowed` if it has ended. */
  cancel(id: string): Promise<void>
}

const PREFIX = 'wf_exec_'
/** How many of the newest executions are scanned for filters that Temporal does not support. */
const MAX_SCANNED = 5000

export function createExecutions(client: Client, db: Database, taskQueue: string): Executions {
  return {
    async list(filter) {
      const { limit, offset, state } = filter
      if (state?.every((name) => STATUSES[name].length === 0)) return { rows: [], count: 0 }
      const query = queryOf(filter, taskQueue)
      const matchesFilter = scanFilter(filter)
      const rows: Execution[] = []
      let matches = 0
      let scanned = 0
      for await (const info of client.workflow.list({ query })) {
        const execution = executionOf(info)
        if (matchesFilter && ++scanned > MAX_SCANNED) break
        if (matchesFilter && !matchesFilter(execution)) continue
        if (matches++ >= offset && rows.length < limit) rows.push(execution)
        if (!matchesFilter && rows.length === limit) break
      }
      const count = matchesFilter ? matches : (await client.workflow.count(query)).count
      return { rows, count }
    },
    async show(id) {
      const description = await describe(client, id)
      const handle = client.workflow.getHandle(description.workflowId, description.runId)
      const [history] = await decodeMessages(client, [await handle.fetchHistory(), description.raw.pendingActivities])
      const events = history.events ?? []
      const steps = await stepsOf(db, description, events)
      const progress = description.status.name === 'RUNNING' ? await progressOf(handle) : undefined
      const detail = { ...executionOf(description), steps, input: inputOf(events), ...outcomeOf(events) }
      return progress === undefined ? detail : { ...detail, progress }
    },
    async runOf(id) {
      const description = await describe(client, id)
      return { workflowId: description.workflowId, runId: firstRunOf(description) }
    },
    async cancel(id) {
      const { workflowId, runId, status } = await describe(client, id)
      if (status.name !== 'RUNNING') {
        throw new Problem('not_allowed', `The execution ${workflowId} has ended already.`, 'EXECUTION_ENDED')
      }
      await client.workflow.getHandle(workflowId, runId).cancel()
    },
  }
}

const PROGRESS_WAIT_MS = 1000

async function progressOf(handle: WorkflowHandle): Promise<unknown> {
  const noAnswer = new Promise((resolve) => setTimeout(resolve, PROGRESS_WAIT_MS).unref())
  return Promise.race([handle.query('progress').catch(() => undefined), noAnswer])
}

async function describe(client: Client, id: string): Promise<WorkflowExecutionDescription> {
  const runId = id.startsWith(PREFIX) ? id.slice(PREFIX.length) : undefined
  const workflowId = runId ? await workflowIdOf(client, runId) : id
  const candidates = [workflowId, id.includes('/') ? id.slice(id.indexOf('/') + 1) : undefined]
  for (const candidate of candidates) {
    if (!candidate) continue
    try {
      return await client.workflow.getHandle(candidate, runId).describe()
    } catch (error) {
      if (!(error instanceof WorkflowNotFoundError)) throw error
    }
  }
  throw new Problem('not_found', `Workflow execution with id: ${id} was not found`)
}

async function workflowIdOf(client: Client, runId: string): Promise<string | undefined> {
  for await (const { workflowId } of client.workflow.list({ query: `RunId = ${quoted(runId)}` })) return workflowId
  return undefined
}

type ExecutionInfo = Omit<WorkflowExecutionInfo, 'raw'>

function executionOf(info: ExecutionInfo): Execution {
  const [workflowId, transactionId] = idsOf(info)
  return {
    id: `${PREFIX}${info.runId}`,
    workflow_id: workflowId,
    transaction_id: transactionId,
    run_id: info.runId,
    state: stateOf(info),
    created_at: info.startTime.toISOString(),
    updated_at: (info.closeTime ?? info.startTime).toISOString(),
    deleted_at: null,
  }
}

/** `create-brands/01J…` is the transaction `01J…` of `create-brands`; a workflow started by a schedule has another form of id. */
function idsOf({ workflowId, type }: ExecutionInfo): [string, string] {
  const name = kebab(type)
  return workflowId.startsWith(`${name}/`) ? [name, workflowId.slice(name.length + 1)] : [name, workflowId]
}

function stateOf({ status, memo }: ExecutionInfo): ExecutionState {
  const { state } = (memo ?? {}) as ChangeMemo
  if (state === 'incomplete') return 'failed'
  if (status.name === 'RUNNING') return state ? 'compensating' : 'invoking'
  if (status.name === 'COMPLETED') return state === 'reverted' ? 'reverted' : 'done'
  if (status.name === 'CONTINUED_AS_NEW') return 'done'
  return state === 'reverted' || status.name === 'CANCELLED' ? 'reverted' : 'failed'
}

const STATUSES: Record<ExecutionState, string[]> = {
  not_started: [], // an accepted change is always started, and undoing never waits
  waiting_to_compensate: [],
  invoking: ['Running'],
  compensating: ['Running'],
  done: ['Completed', 'ContinuedAsNew'],
  reverted: ['Completed', 'Canceled', 'Failed'],
  failed: ['Completed', 'Canceled', 'Failed', 'Terminated', 'TimedOut'],
}

/** Workflows that are left out of lists unless requested by name, because schedules start them all the time. */
const HOUSEKEEPING = ['sweep', 'prune']

/** A filter for what Temporal's query cannot express: our states, and a transaction id without its workflow. */
function scanFilter({ state, workflow_id, transaction_id }: ExecutionFilter) {
  const hasOnlyTransaction = transaction_id !== undefined && workflow_id === undefined
  if (!state && !hasOnlyTransaction) return undefined
  return (execution: Execution) =>
    (!state || state.includes(execution.state)) &&
    (!hasOnlyTransaction || transaction_id.includes(execution.transaction_id))
}

function queryOf(filter: ExecutionFilter, taskQueue: string): string {
  const { workflow_id, transaction_id, state, q, created_after, created_before } = filter
  const all = [`TaskQueue = ${quoted(taskQueue)}`]
  if (workflow_id) all.push(oneOf('WorkflowType', workflow_id.map(camel)))
  else all.push(`not ${oneOf('WorkflowType', HOUSEKEEPING)}`)
  if (transaction_id && workflow_id) {
    all.push(
      oneOf(
        'WorkflowId',
        transaction_id.flatMap((id) => [id, ...workflow_id.map((name) => `${kebab(name)}/${id}`)]),
      ),
    )
  }
  if (state) all.push(oneOf('ExecutionStatus', [...new Set(state.flatMap((name) => STATUSES[name]))]))
  if (q) all.push(`WorkflowId STARTS_WITH ${quoted(q)}`)
  if (created_after) all.push(`StartTime >= ${quoted(created_after)}`)
  if (created_before) all.push(`StartTime <= ${quoted(created_before)}`)
  return all.join(' and ')
}

const oneOf = (attribute: string, values: string[]) => `${attribute} in (${values.map(quoted).join(', ')})`
function quoted(text: string): string {
  if (text.includes('\0')) throw new Problem('invalid_data', 'A filter has the character NUL')
  return `'${text.replaceAll("'", "''")}'`
}
