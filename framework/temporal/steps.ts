/** The steps of one execution: history and receipts, merged by the step's key. */
import type { WorkflowExecutionDescription } from '@temporalio/client'
import { sql } from 'kysely'
import type { Database } from '../database.ts'
import { isEnveloped } from '../workflow/event.ts'
import { errorOf, type HistoricStep, type HistoryEvent, historicSteps } from './history.ts'

export interface Attempt {
  at: string
  ended_at?: string
  error?: string
  /** A later pass that got the stored answer. */
  repeated?: boolean
}

export interface Step {
  /** The key of the step, such as `createBrands#0`; for an undo, `undo/<the step it undoes>/…`. */
  id: string
  method: string
  kind: 'read' | 'write' | 'call' | 'once' | 'undo' | 'framework'
  state: 'running' | 'done' | 'failed' | 'reverted'
  /** The key of the step that this one undoes. */
  undoes?: string
  input: unknown
  output: unknown
  error?: { type: string; message: string }
  attempts: number
  /** The attempts in the receipt. */
  attempt_log: Attempt[]
  started_at: string | null
  finished_at: string | null
}

interface Receipt {
  step_key: string
  method: string
  kind: string
  input: unknown
  result: unknown
  failure: { type: string; message: string } | null
  taken_back_at: string | null
  attempts: Attempt[]
  created_at: string
  finished_at: string | null
}

/** Returns the steps in the order they began. */
export async function stepsOf(
  db: Database,
  { workflowId, raw }: WorkflowExecutionDescription,
  events: HistoryEvent[],
): Promise<Step[]> {
  const started = events[0]?.workflowExecutionStartedEventAttributes
  const { rows: receipts } = await sql<Receipt>`
    select step_key, method, kind, input, result, failure, attempts, created_at, finished_at,
      taken_back_at from turri.receipt
    where workflow_id = ${workflowId} and run_id = ${started?.firstExecutionRunId ?? ''}
    order by created_at`.execute(db)
  const historic = new Map(historicSteps(events).map((step) => [step.key, step]))
  for (const pending of raw.pendingActivities ?? []) {
    const step = [...historic.values()].find(
      ({ method, state }) => method === pending.activityType?.name && state === 'running',
    )
    if (step)
      Object.assign(step, { attempts: pending.attempt, error: pending.lastFailure && errorOf(pending.lastFailure) })
  }
  const steps = receipts.map((receipt) => merged(receipt, historic.get(receipt.step_key)))
  const known = new Set(receipts.map(({ step_key }) => step_key))
  for (const step of historic.values()) if (!known.has(step.key)) steps.push(fromHistory(step))
  steps.sort((a, b) => (a.started_at ?? '').localeCompare(b.started_at ?? ''))
  return markReverted(steps)
}

function merged(receipt: Receipt, historic: HistoricStep | undefined): Step {
  const error = receipt.failure ?? historic?.error
  const state = stateOf(receipt) ?? historic?.state ?? 'running'
  return {
    id: receipt.step_key,
    method: receipt.method,
    kind: receipt.kind === 'undoCall' ? 'undo' : (receipt.kind as Step['kind']),
    state,
    ...undoes(receipt.step_key),
    input: receipt.input,
    output: isEnveloped(receipt.result) ? receipt.result.turriAnswer : receipt.result,
    ...(error && state !== 'done' && { error }),
    attempts: Math.max(historic?.attempts ?? 1, receipt.attempts.length),
    attempt_log: receipt.attempts,
    started_at: receipt.created_at,
    finished_at: receipt.finished_at ?? historic?.finishedAt ?? null,
  }
}

function stateOf({ failure, finished_at, taken_back_at }: Receipt): Step['state'] | undefined {
  if (failure) return 'failed'
  if (taken_back_at) return 'reverted'
  return finished_at ? 'done' : undefined
}

function fromHistory(step: HistoricStep): Step {
  return {
    id: step.key,
    method: step.method,
    kind: step.method === 'takeBack' ? 'framework' : step.key.startsWith('undo/') ? 'undo' : 'call',
    state: step.state,
    ...undoes(step.key),
    input: step.input ?? null,
    output: step.output ?? null,
    ...(step.error && { error: step.error }),
    attempts: step.attempts,
    attempt_log: [],
    started_at: step.startedAt ?? step.finishedAt ?? null,
    finished_at: step.finishedAt ?? null,
  }
}

/** `undo/<step>/<method>#n` undoes `<step>`. */
function undoes(key: string): { undoes?: string } {
  const of = /^undo\/(.+)\/[^/]+$/.exec(key)?.[1]
  return of ? { undoes: of } : {}
}

function markReverted(steps: Step[]): Step[] {
  const reverted = new Set(steps.filter(({ state }) => state === 'done').map((step) => step.undoes))
  return steps.map((step) => (step.state === 'done' && reverted.has(step.id) ? { ...step, state: 'reverted' } : step))
}
