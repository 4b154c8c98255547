/**
 * Receipts: a second pass over a workflow's code gives the same results as the first.
 *
 * When a worker dies, its workflow task runs again, and so do steps that had finished. A step therefore claims a receipt in the
 * transaction of its effect. If the receipt exists already, the step does nothing and returns the stored result or refusal.
 *
 * A run that is being undone has a tombstone. From then on a step without a receipt is refused, while a step with a receipt still
 * returns what is stored, so that a second pass reaches the same failure. The same holds for a cancelled run. Steps hold a shared
 * lock on their run and undoing an exclusive one, so nothing can change between the check and the write.
 */
import { createHash } from 'node:crypto'
import { ApplicationFailure } from '@temporalio/common'
import { sql } from 'kysely'
import type { AnyTransaction } from '../database.ts'
import { type Database, isTransient } from '../database.ts'
import type { Model } from '../model/model.ts'
import { postgresProblem } from '../model/refusals.ts'
import { pipelined, prepared } from '../postgres/statement.ts'
import { faultMessageOf, messageOf, Problem, type ProblemBody } from '../problem.ts'
import type { Events } from '../workflow/event.ts'
import type { StoredFailure } from '../workflow/step.ts'
import { CANCELLED, OUTCOME_UNKNOWN, type StepHeader } from '../workflow/step.ts'
import { lockRun, matchesRun, tombstoneOf } from './tombstone.ts'

export type StepKind = 'read' | 'write' | 'call' | 'once' | 'undo' | 'undoCall'

/** One call of a step, as its receipt records it. */
export interface StepCall {
  step: StepHeader
  method: string
  kind: StepKind
  input: unknown[]
  /** The events passed to a write. */
  emits?: Events
  /** Fields that are left out of the receipt. */
  secrets?: ReadonlySet<string>
  /** Models whose constraints the step may violate; a violation becomes a refusal. */
  models?: Readonly<Record<string, Model>>
  /** Requires the exclusive lock of the run. */
  exclusive?: boolean
  /** Runs on every pass, whatever its input: it finds out by itself what is left to do. */
  everyPass?: boolean
}

/** The largest result of a step: Temporal would retry a local activity with a result of over 2 MiB for ever. */
export const MAX_RESULT_BYTES = 1024 * 1024

/**
 * Does the work once: claims the receipt, works and stores the result in one transaction. A refusal, which may come from the work,
 * a statement or a deferred constraint at commit, is stored in a second transaction after the first is rolled back.
 */
export async function runOnce(
  db: Database,
  call: StepCall,
  work: (trx: AnyTransaction) => Promise<unknown>,
): Promise<unknown> {
  const attempt = { at: new Date().toISOString() }
  let claimed = false
  try {
    return await db.transaction().execute(async (trx) => {
      await lockRun(trx, call.step, call.exclusive ? 'exclusive' : 'shared')
      claimed = await claim(trx, call, attempt)
      if (!claimed && !call.everyPass) return storedAnswer(trx, call)
      if (!claimed) await resume(trx, call)
      const result = await work(trx)
      await finish(trx, call, result)
      return result
    })
  } catch (thrown) {
    const error = (call.models && postgresProblem(call.models, thrown)) ?? thrown
    if (claimed && isFinal(error, call)) await storeFailure(db, call, attempt, error)
    throw error
  }
}

/** Whether the failure is the step's answer on every pass. */
function isFinal(error: unknown, { kind }: StepCall): boolean {
  return kind !== 'undo' && !isRetryable(error)
}

/** Whether another attempt may succeed. */
export function isRetryable(error: unknown): boolean {
  return isTransient(error) || (error instanceof Problem && error.type === 'unavailable')
}

async function storeFailure(db: Database, call: StepCall, attempt: object, error: unknown): Promise<void> {
  const failure: StoredFailure = {
    ...typeAndMessage(error),
    ...(error instanceof Problem && { problem: error.toJSON() }),
  }
  await db.transaction().execute(async (trx) => {
    await lockRun(trx, call.step, 'shared')
    if (!(await claim(trx, call, attempt))) return
    await sql`
      update turri.receipt set failure = ${JSON.stringify(failure)}::json, finished_at = clock_timestamp()
      where ${matchesStep(call)}`.execute(trx)
  })
}

function typeAndMessage(error: unknown): { type: string; message: string } {
  if (error instanceof Problem) return { type: error.code ?? error.type, message: error.message }
  if (error instanceof ApplicationFailure)
    return { type: error.type ?? 'ApplicationFailure', message: messageOf(error) }
  return { type: 'BUG', message: faultMessageOf(error) }
}

function failureFrom({ type, message, problem }: StoredFailure): Error {
  return problem ? Problem.from(problem as ProblemBody) : ApplicationFailure.nonRetryable(message, type)
}

/** The outcome of `openAttempt`: the call may proceed, or its result is stored already. */
export type Opening = { proceed: true; attempt: number } | { proceed: false; result: unknown }

/**
 * Records, before a request to an external system is sent, that it is about to be sent and until when it may run.
 *
 * @param deadlineMs from now; the request is aborted after it.
 */
export async function openAttempt(db: Database, call: StepCall, deadlineMs: number): Promise<Opening> {
  return db.transaction().execute(async (trx) => {
    await lockRun(trx, call.step, 'shared')
    const { rows } = await sql<{ attempt: object }>`
      select jsonb_build_object('at', clock_timestamp(), 'deadline', clock_timestamp() + ${deadlineMs} * interval '1 ms') as attempt`.execute(
      trx,
    )
    const attempt = rows[0]!.attempt
    if (await claim(trx, call, attempt)) return { proceed: true, attempt: 0 }
    const receipt = await findReceipt(trx, call)
    if (receipt?.finished_at) return { proceed: false, result: receipt.result }
    if (!receipt || (await isTombstoned(trx, call))) throw await failureOfRun(trx, call)
    if (call.kind === 'once') throw unknownOutcome(call)
    await appendAttempt(trx, call, attempt)
    return { proceed: true, attempt: receipt.attempts.length }
  })
}

/** The failure of a `once` step that was interrupted: only the workflow can find out whether it happened. */
export function unknownOutcome({ method }: Pick<StepCall, 'method'>): ApplicationFailure {
  return ApplicationFailure.nonRetryable(`${method} was broken off, and may have happened`, OUTCOME_UNKNOWN)
}

/** How an attempt at a call ended: with a result, with an error, or with an outcome that is not known. */
export type AttemptOutcome = { result: unknown } | { error: string } | { error: string; mayStillHappenForMs: number }

/** Records how an attempt at a call ended; a result also completes the step. */
export async function closeAttempt(
  db: Database,
  call: StepCall,
  attempt: number,
  outcome: AttemptOutcome,
): Promise<void> {
  const note = 'error' in outcome ? { error: outcome.error } : {}
  const time =
    'mayStillHappenForMs' in outcome
      ? sql`jsonb_build_object('deadline', clock_timestamp() + ${outcome.mayStillHappenForMs} * interval '1 ms')`
      : sql`jsonb_build_object('ended_at', clock_timestamp())`
  await db.transaction().execute(async (trx) => {
    await sql`
      update turri.receipt set attempts = jsonb_set(attempts, ${[String(attempt)]}::text[],
        (attempts -> ${attempt}::int) || ${JSON.stringify(note)}::jsonb || ${time})
      where ${matchesStep(call)}`.execute(trx)
    if ('result' in outcome) await finish(trx, call, outcome.result)
  })
}

/**
 * Inserts the receipt. Waits for a concurrent attempt that has not committed yet. From here on the journal records this receipt
 * with every row that the transaction writes.
 *
 * @returns false if the receipt or a tombstone exists.
 */
async function claim(trx: AnyTransaction, call: StepCall, attempt: object): Promise<boolean> {
  const { step, method, kind } = call
  const input = JSON.stringify(call.input)
  const { rows } = await prepared(sql`
    insert into turri.receipt (workflow_id, run_id, generation, step_key, method, kind, actor, input_digest, input, attempts)
    select ${step.workflowId}, ${step.runId}, ${step.generation}::int, ${step.key}, ${method}, ${kind},
      ${step.actor}, ${digestOf(call, input)}, ${redactedText(input, call.secrets)}::json, jsonb_build_array(${JSON.stringify(attempt)}::jsonb)
    where ${step.undoing}::boolean
      or (not ${step.cancelled}::boolean and not exists (select from turri.take_back where ${matchesRun(step)}))
    on conflict do nothing
    returning set_config('turri.receipt', id::text, true)`).execute(trx)
  return rows.length > 0
}

/** Continues under the receipt of an earlier pass. */
async function resume(trx: AnyTransaction, call: StepCall): Promise<void> {
  await appendAttempt(trx, call, { at: new Date().toISOString() })
  await sql`select set_config('turri.receipt', id::text, true) from turri.receipt where ${matchesStep(call)}`.execute(
    trx,
  )
}

async function storedAnswer(trx: AnyTransaction, call: StepCall): Promise<unknown> {
  const receipt = await findReceipt(trx, call)
  if (!receipt) throw await failureOfRun(trx, call)
  await appendAttempt(trx, call, { at: new Date().toISOString(), repeated: true })
  if (receipt.failure) throw failureFrom(receipt.failure)
  return receipt.result
}

interface Receipt {
  method: string
  input_digest: string
  result: unknown
  failure: StoredFailure | null
  finished_at: string | null
  attempts: unknown[]
}

async function findReceipt(trx: AnyTransaction, call: StepCall): Promise<Receipt | undefined> {
  const { rows } = await sql<Receipt>`
    select method, input_digest, result, failure, finished_at, attempts from turri.receipt
    where ${matchesStep(call)} for update`.execute(trx)
  const [receipt] = rows
  if (
    receipt &&
    (receipt.method !== call.method || receipt.input_digest !== digestOf(call, JSON.stringify(call.input)))
  ) {
    const was = `${receipt.method} with another input`
    throw ApplicationFailure.nonRetryable(
      `The step ${call.step.key} of ${call.step.workflowId} was ${was} on an earlier pass: the workflow's code is not deterministic, or was changed while it ran.`,
      'STEP_MISMATCH',
    )
  }
  return receipt
}

async function finish(trx: AnyTransaction, call: StepCall, result: unknown): Promise<void> {
  const text = JSON.stringify(result ?? null)
  const bytes = Buffer.byteLength(text)
  if (bytes > MAX_RESULT_BYTES) {
    throw ApplicationFailure.nonRetryable(
      `${call.method} returned ${bytes} bytes; a step may return ${MAX_RESULT_BYTES}. Pass ids, or pages.`,
      'RESULT_TOO_LARGE',
    )
  }
  await pipelined(sql`
    update turri.receipt set result = ${text}::json, finished_at = clock_timestamp() where ${matchesStep(call)}`).execute(
    trx,
  )
}

async function appendAttempt(trx: AnyTransaction, call: StepCall, attempt: object): Promise<void> {
  await sql`
    update turri.receipt set attempts = attempts || jsonb_build_array(${JSON.stringify(attempt)}::jsonb)
    where ${matchesStep(call)}`.execute(trx)
}

async function isTombstoned(trx: AnyTransaction, { step }: StepCall): Promise<boolean> {
  return !step.undoing && (await tombstoneOf(trx, step)) !== undefined
}

/** Why the run accepts no more steps: the failure it is undone for, or its cancellation. */
async function failureOfRun(trx: AnyTransaction, { step }: StepCall): Promise<Error> {
  const failure = await tombstoneOf(trx, step)
  if (failure) return failureFrom(failure)
  if (step.cancelled) return ApplicationFailure.nonRetryable('the change was cancelled', CANCELLED)
  return new Error(`The receipt of ${step.key} was neither claimed nor found`)
}

const matchesStep = ({ step }: StepCall) =>
  sql`${matchesRun(step)} and generation = ${step.generation} and step_key = ${step.key}`

/** @param input as JSON. */
function digestOf({ emits }: StepCall, input: string): string {
  return createHash('sha256')
    .update(emits ? `[${input},${JSON.stringify(emits)}]` : input)
    .digest('base64url')
}

/** Replaces the values of these fields, at any depth, by `(secret)`. */
export function redacted(value: unknown, secrets: ReadonlySet<string> | undefined): unknown {
  if (!secrets || secrets.size === 0) return value
  const clear = JSON.stringify(value)
  if (clear === undefined) return value
  const text = redactedText(clear, secrets)
  return text === clear ? value : JSON.parse(text)
}

/** Like `redacted`, for a JSON text. */
function redactedText(clear: string, secrets: ReadonlySet<string> | undefined): string {
  if (!secrets || ![...secrets].some((name) => clear.includes(`"${name}":`))) return clear
  const parsed: unknown = JSON.parse(clear, (key, field) => (secrets.has(key) && field !== null ? '(secret)' : field))
  return JSON.stringify(parsed)
}
