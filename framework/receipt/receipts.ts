/**
 * Receipts: a second pass is the same as the first.
 *
 * When a worker dies, steps that were finished run again. A step therefore claims its receipt in the transaction of its effect,
 * and one that finds its receipt answers with what is stored there, a result or a refusal, and does nothing.
 *
 * A run that is being taken back has a tombstone: an act that has no receipt by then never gets one. An act that has one still
 * answers with it, so that a second pass takes the same way to the same failure; the same holds for a run that is cancelled.
 * Acts hold a shared lock on their run while they look, the taking back an exclusive one: nothing slips between look and leap.
 */
import { createHash } from 'node:crypto'
import { ApplicationFailure } from '@temporalio/common'
import { sql } from 'kysely'
import type { AnyTransaction } from '../database.ts'
import { type Database, isTransient } from '../database.ts'
import type { Model } from '../model/model.ts'
import { refusalOf } from '../model/refusals.ts'
import { pipelined, prepared } from '../postgres/statement.ts'
import { faultTextOf, messageOf, Problem, type ProblemBody } from '../problem.ts'
import type { Events } from '../workflow/event.ts'
import type { StoredFailure } from '../workflow/step.ts'
import { CANCELLED, OUTCOME_UNKNOWN, type StepHeader } from '../workflow/step.ts'
import { lockRun, ofRun, tombstoneOf } from './tombstone.ts'

export type StepKind = 'read' | 'write' | 'call' | 'once' | 'undo' | 'undoCall'

/** What a receipt is made out for. */
export interface StepCall {
  step: StepHeader
  method: string
  kind: StepKind
  input: unknown[]
  /** The events that a write was given. */
  emits?: Events
  /** The fields that are kept out of the receipt. */
  secrets?: ReadonlySet<string>
  /** Whose constraints it may break: that is a refusal in their words. */
  models?: Readonly<Record<string, Model>>
  /** Whether no other step of the run may work at the same time. */
  alone?: boolean
  /** Whether it works again on every pass: it finds by itself what is left to do, whatever it is given. */
  again?: boolean
}

/** A result over this many bytes is refused: Temporal would repeat a larger one for ever. */
export const MAX_RESULT_BYTES = 1024 * 1024

/**
 * Does the work once: claims the receipt, works, stores the result, all in one transaction. A refusal is stored in another,
 * after the first has been rolled back, be it the work's, a statement's, or the commit's: there deferred constraints are looked at.
 */
export async function once(
  db: Database,
  call: StepCall,
  work: (trx: AnyTransaction) => Promise<unknown>,
): Promise<unknown> {
  const attempt = { at: new Date().toISOString() }
  let claimed = false
  try {
    return await db.transaction().execute(async (trx) => {
      await lockRun(trx, call.step, call.alone ? 'alone' : 'shared')
      claimed = await claim(trx, call, attempt)
      if (!claimed && !call.again) return repeat(trx, call)
      if (!claimed) await resume(trx, call)
      const result = await work(trx)
      await finish(trx, call, result)
      return result
    })
  } catch (thrown) {
    const error = (call.models && refusalOf(call.models, thrown)) ?? thrown
    if (claimed && isFinal(error, call)) await storeFailure(db, call, attempt, error)
    throw error
  }
}

/** Whether the step fails for good: then that is its answer, on every pass. */
function isFinal(error: unknown, { kind }: StepCall): boolean {
  return kind !== 'undo' && !isWorthARetry(error)
}

/** Whether another attempt may well succeed: what was needed was not available. */
export function isWorthARetry(error: unknown): boolean {
  return isTransient(error) || (error instanceof Problem && error.type === 'unavailable')
}

async function storeFailure(db: Database, call: StepCall, attempt: object, error: unknown): Promise<void> {
  const failure: StoredFailure = {
    ...describe(error),
    ...(error instanceof Problem && { problem: error.toJSON() }),
  }
  await db.transaction().execute(async (trx) => {
    await lockRun(trx, call.step, 'shared')
    if (!(await claim(trx, call, attempt))) return
    await sql`
      update turri.receipt set failure = ${JSON.stringify(failure)}::json, finished_at = clock_timestamp()
      where ${ofStep(call)}`.execute(trx)
  })
}

function describe(error: unknown): { type: string; message: string } {
  if (error instanceof Problem) return { type: error.code ?? error.type, message: error.message }
  if (error instanceof ApplicationFailure)
    return { type: error.type ?? 'ApplicationFailure', message: messageOf(error) }
  return { type: 'BUG', message: faultTextOf(error) }
}

function failureFrom({ type, message, problem }: StoredFailure): Error {
  return problem ? Problem.from(problem as ProblemBody) : ApplicationFailure.nonRetryable(message, type)
}

/** What opening an attempt at a call finds: it may go ahead, or there is an answer already. */
export type Opening = { goAhead: true; attempt: number } | { goAhead: false; result: unknown }

/**
 * Notes that a request to the outside world is about to be made and until when it may last, before it is made.
 *
 * @param deadlineMs from now; after it nothing of this attempt is under way any more.
 */
export async function openAttempt(db: Database, call: StepCall, deadlineMs: number): Promise<Opening> {
  return db.transaction().execute(async (trx) => {
    await lockRun(trx, call.step, 'shared')
    const { rows } = await sql<{ attempt: object }>`
      select jsonb_build_object('at', clock_timestamp(), 'deadline', clock_timestamp() + ${deadlineMs} * interval '1 ms') as attempt`.execute(
      trx,
    )
    const attempt = rows[0]!.attempt
    if (await claim(trx, call, attempt)) return { goAhead: true, attempt: 0 }
    const receipt = await find(trx, call)
    if (receipt?.finished_at) return { goAhead: false, result: receipt.result }
    if (!receipt || (await isTombstoned(trx, call))) throw await tombstone(trx, call)
    if (call.kind === 'once') throw unknownOutcome(call)
    await append(trx, call, attempt)
    return { goAhead: true, attempt: receipt.attempts.length }
  })
}

/** An attempt at what may not be repeated was broken off: whether it has happened is for the workflow to find out. */
export function unknownOutcome({ method }: Pick<StepCall, 'method'>): ApplicationFailure {
  return ApplicationFailure.nonRetryable(`${method} was broken off, and may have happened`, OUTCOME_UNKNOWN)
}

/** How an attempt at a call ended: with an answer, with a clear no, or without our knowing what became of it. */
export type AttemptOutcome = { result: unknown } | { error: string } | { error: string; mayStillHappenForMs: number }

/** Notes how an attempt at a call ended; with a result, the step is done. */
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
      where ${ofStep(call)}`.execute(trx)
    if ('result' in outcome) await finish(trx, call, outcome.result)
  })
}

/**
 * Whether the receipt is ours now: false where there is one, or a tombstone. Waits for a rival that has not committed. From
 * here on the journal notes this receipt as the author of what the transaction writes.
 */
async function claim(trx: AnyTransaction, call: StepCall, attempt: object): Promise<boolean> {
  const { step, method, kind } = call
  const input = JSON.stringify(call.input)
  const { rows } = await prepared(sql`
    insert into turri.receipt (workflow_id, run_id, generation, step_key, method, kind, actor, input_digest, input, attempts)
    select ${step.workflowId}, ${step.runId}, ${step.generation}::int, ${step.key}, ${method}, ${kind},
      ${step.actor}, ${digestOf(call, input)}, ${redactedText(input, call.secrets)}::json, jsonb_build_array(${JSON.stringify(attempt)}::jsonb)
    where ${step.undoing}::boolean
      or (not ${step.cancelled}::boolean and not exists (select from turri.take_back where ${ofRun(step)}))
    on conflict do nothing
    returning set_config('turri.receipt', id::text, true)`).execute(trx)
  return rows.length > 0
}

/** Goes on under the receipt of an earlier pass. */
async function resume(trx: AnyTransaction, call: StepCall): Promise<void> {
  await append(trx, call, { at: new Date().toISOString() })
  await sql`select set_config('turri.receipt', id::text, true) from turri.receipt where ${ofStep(call)}`.execute(trx)
}

async function repeat(trx: AnyTransaction, call: StepCall): Promise<unknown> {
  const receipt = await find(trx, call)
  if (!receipt) throw await tombstone(trx, call)
  await append(trx, call, { at: new Date().toISOString(), repeated: true })
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

async function find(trx: AnyTransaction, call: StepCall): Promise<Receipt | undefined> {
  const { rows } = await sql<Receipt>`
    select method, input_digest, result, failure, finished_at, attempts from turri.receipt where ${ofStep(call)} for update`.execute(
    trx,
  )
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
      `${call.method} answered with ${bytes} bytes; a step may answer with ${MAX_RESULT_BYTES}. Pass ids, or pages.`,
      'RESULT_TOO_LARGE',
    )
  }
  await pipelined(sql`
    update turri.receipt set result = ${text}::json, finished_at = clock_timestamp() where ${ofStep(call)}`).execute(
    trx,
  )
}

async function append(trx: AnyTransaction, call: StepCall, attempt: object): Promise<void> {
  await sql`
    update turri.receipt set attempts = attempts || jsonb_build_array(${JSON.stringify(attempt)}::jsonb)
    where ${ofStep(call)}`.execute(trx)
}

async function isTombstoned(trx: AnyTransaction, { step }: StepCall): Promise<boolean> {
  return !step.undoing && (await tombstoneOf(trx, step)) !== undefined
}

/** The failure that the run is taken back for, or that it is cancelled. */
async function tombstone(trx: AnyTransaction, { step }: StepCall): Promise<Error> {
  const failure = await tombstoneOf(trx, step)
  if (failure) return failureFrom(failure)
  if (step.cancelled) return ApplicationFailure.nonRetryable('the change was cancelled', CANCELLED)
  return new Error(`The receipt of ${step.key} was neither claimed nor found`)
}

const ofStep = ({ step }: StepCall) =>
  sql`${ofRun(step)} and generation = ${step.generation} and step_key = ${step.key}`

/** @param input as JSON. */
function digestOf({ emits }: StepCall, input: string): string {
  return createHash('sha256')
    .update(emits ? `[${input},${JSON.stringify(emits)}]` : input)
    .digest('base64url')
}

/** The same without what the named fields hold, at any depth. */
export function redacted(value: unknown, secrets: ReadonlySet<string> | undefined): unknown {
  if (!secrets || secrets.size === 0) return value
  const clear = JSON.stringify(value)
  if (clear === undefined) return value
  const text = redactedText(clear, secrets)
  return text === clear ? value : JSON.parse(text)
}

/** The same of what is JSON already. */
function redactedText(clear: string, secrets: ReadonlySet<string> | undefined): string {
  if (!secrets || ![...secrets].some((name) => clear.includes(`"${name}":`))) return clear
  const parsed: unknown = JSON.parse(clear, (key, field) => (secrets.has(key) && field !== null ? '(secret)' : field))
  return JSON.stringify(parsed)
}
