/** Performs the steps of each kind. */
import { setTimeout as sleep } from 'node:timers/promises'
import { Context } from '@temporalio/activity'
import { ApplicationFailure, CancelledFailure, TemporalFailure } from '@temporalio/common'
import type { AnyTransaction } from '../database.ts'
import { type Database, isTransient } from '../database.ts'
import { publishEvents } from '../events/publish.ts'
import type { Subscriptions } from '../events/subscriptions.ts'
import type { LinkColumnsOf } from '../link/links-of-rows.ts'
import { type Model, secretColumns } from '../model/model.ts'
import type { AnyModule, Module, ServicesOf } from '../model/module.ts'
import type { ServiceContext } from '../model/service.ts'
import { faultMessageOf, messageOf, Problem } from '../problem.ts'
import {
  type AttemptOutcome,
  closeAttempt,
  isRetryable,
  openAttempt,
  redacted,
  runOnce,
  type StepCall,
  type StepKind,
  unknownOutcome,
} from '../receipt/receipts.ts'
import type { Secrets } from '../secrets.ts'
import { type Enveloped, type Events, eventRows, isWriteOptions } from '../workflow/event.ts'
import { breakPoint } from './break-point.ts'
import { currentStep } from './step-context.ts'
import { stepIds } from './step-ids.ts'

/** Requests of an attempt are aborted this long after its start. */
export const CALL_DEADLINE_MS = 8000
/** How long an aborted request may still have an effect: the other side may be working on it. */
const GRACE_MS = 3000
const HEARTBEAT_MS = 1000
const DATABASE_RETRY_MS = 15_000

type Methods = Record<string, (...input: unknown[]) => Promise<unknown>>

/** Dependencies of steps in our own database. */
export interface StepDeps {
  db: Database
  modules: readonly Module[]
  subscriptions: Subscriptions
  secrets: Secrets
  /** The link columns of each entity of the project. */
  linkColumnsOf: LinkColumnsOf
}

type OutsideDeps = Omit<StepDeps, 'subscriptions'>

/** The work of a step in our own database. */
export interface StepWork {
  /** Fields that are left out of the receipt. */
  secrets: ReadonlySet<string>
  /** `<module>.<table>` → model; a violated constraint of these is a refusal. */
  models: Readonly<Record<string, Model>>
  perform: (trx: AnyTransaction, input: unknown[]) => Promise<Performed>
}

interface Performed {
  answer: unknown
  /** Events to publish. */
  events?: Events
}

/** The work of a service method. */
export function methodWork(deps: StepDeps, module: Module, method: string): StepWork {
  return workOf([module], async (trx, input) => {
    const service = serviceFor(deps, module, transactionOf(module, trx))
    return { answer: await service[method]!(...input) }
  })
}

/** Work that writes to the tables of these modules. */
export function workOf(modules: readonly AnyModule[], perform: StepWork['perform']): StepWork {
  const models = modules.flatMap(({ name, models }) =>
    Object.values(models).map((model) => [`${name}.${model.table}`, model] as const),
  )
  return {
    secrets: new Set(models.flatMap(([, model]) => secretColumns(model))),
    models: Object.fromEntries(models),
    perform,
  }
}

/** The services of these modules on the step's transaction, created on first use. */
export function servicesFor<M extends Record<string, AnyModule>>(
  deps: StepDeps,
  modules: M,
  trx: AnyTransaction,
): ServicesOf<M> {
  const services = {}
  for (const [name, module] of Object.entries(modules)) {
    let service: Methods | undefined
    const get = () => {
      service ??= serviceFor(deps, module, transactionOf(module, trx))
      return service
    }
    Object.defineProperty(services, name, { get, enumerable: true })
  }
  return services as ServicesOf<M>
}

const transactionOf = ({ name }: AnyModule, trx: AnyTransaction) => ({ db: trx.withSchema(name) as AnyTransaction })

/** An activity that works in one transaction with its receipt and its events. */
export function withReceipt(
  { db, subscriptions }: StepDeps,
  { method, kind, secrets, models = {} }: Pick<StepCall, 'method' | 'kind' | 'secrets' | 'models'>,
  perform: StepWork['perform'],
) {
  return (...input: unknown[]): Promise<unknown> =>
    withFailures(kind, () =>
      withHeartbeat(async () => {
        const step = currentStep()
        breakPoint('opened', step.key)
        const { args, emits } = splitWriteOptions(input)
        const call: StepCall = {
          step,
          method,
          kind,
          input: args,
          models,
          ...(secrets && { secrets }),
          ...(emits && { emits }),
        }
        const result = await runOnce(db, call, async (trx) => {
          const { answer, events } = await perform(trx, args)
          const turriAnswer = redacted(answer, secrets)
          const rows = eventRows({ ...emits, ...events }, stepIds(trx))
          if (rows.length === 0) return turriAnswer
          const undelivered = await publishEvents(trx, step, rows, subscriptions)
          return { turriAnswer, undelivered } satisfies Enveloped
        })
        breakPoint('done', step.key)
        return result
      }),
    )
}

function splitWriteOptions(input: unknown[]): { args: unknown[]; emits?: Events } {
  const last = input.at(-1)
  return isWriteOptions(last) ? { args: input.slice(0, -1), emits: last.emits } : { args: input }
}

/** An activity that calls an external system. Each attempt is recorded before the request, the result after it. */
export function outsideStep(deps: OutsideDeps, module: Module, method: string, kind: StepKind) {
  return (...input: unknown[]): Promise<unknown> =>
    withFailures(kind, () =>
      withHeartbeat(async () => {
        const call: StepCall = { step: currentStep(), method, kind, input }
        const opening = await withDatabaseRetry(async () => {
          const deadline = Date.now() + CALL_DEADLINE_MS
          return { ...(await openAttempt(deps.db, call, CALL_DEADLINE_MS)), deadline }
        })
        return opening.proceed ? attempt(deps, module, call, opening) : opening.result
      }),
    )
}

async function attempt(
  deps: OutsideDeps,
  module: Module,
  call: StepCall,
  opening: { attempt: number; deadline: number },
): Promise<unknown> {
  const context = Context.current()
  const signal = AbortSignal.any([AbortSignal.timeout(opening.deadline - Date.now()), context.cancellationSignal])
  const close = (outcome: AttemptOutcome) =>
    withDatabaseRetry(() => closeAttempt(deps.db, call, opening.attempt, outcome))
  let isAnswered = false
  try {
    signal.throwIfAborted()
    breakPoint('opened', call.step.key)
    const service = serviceFor(deps, module, { signal, progress: (details) => context.heartbeat(details) })
    const result = await service[call.method]!(...call.input)
    isAnswered = true
    breakPoint('done', call.step.key)
    await close({ result })
    return result
  } catch (error) {
    await close(outcomeOf(error, signal)).catch(() => {}) // if this fails, the request counts as running until its deadline
    if (context.cancellationSignal.aborted) throw new CancelledFailure('the change was cancelled')
    if (call.kind === 'once' && (isAnswered || signal.aborted)) throw unknownOutcome(call)
    throw error
  }
}

function outcomeOf(error: unknown, signal: AbortSignal): AttemptOutcome {
  const isUnknown = signal.aborted || (error instanceof Problem && error.type === 'unavailable')
  return { error: messageOf(error), ...(isUnknown && { mayStillHappenForMs: GRACE_MS }) }
}

function serviceFor(
  { secrets, linkColumnsOf }: Omit<OutsideDeps, 'db'>,
  module: AnyModule,
  overrides: Partial<ServiceContext>,
): Methods {
  const step = currentStep()
  const context: ServiceContext = {
    module,
    options: module.options,
    signal: Context.current().cancellationSignal,
    changeId: `${step.workflowId}/${step.runId}`,
    idempotencyKey: `${step.workflowId}/${step.runId}/${step.generation}/${step.key}`,
    secrets,
    linkColumnsOf,
    progress: () => {},
    ...overrides,
  }
  return new module.service(context as ServiceContext<never>) as unknown as Methods
}

/** Sends heartbeats while it works, which matter to normal activities only. */
async function withHeartbeat<T>(work: () => Promise<T>): Promise<T> {
  const context = Context.current()
  const beat = setInterval(() => context.heartbeat(), HEARTBEAT_MS)
  try {
    return await work()
  } finally {
    clearInterval(beat)
  }
}

/** Retries while our database is unavailable, so that this does not use up the attempts at the external system. */
async function withDatabaseRetry<T>(work: () => Promise<T>): Promise<T> {
  const deadline = Date.now() + DATABASE_RETRY_MS
  for (;;) {
    try {
      return await work()
    } catch (error) {
      if (!isTransient(error) || Date.now() > deadline) throw error
      await sleep(200)
    }
  }
}

/** Reports refusals to Temporal as failures that are not retried. */
export function withRefusals<T>(work: () => Promise<T>): Promise<T> {
  return withFailures('write', work)
}

/** Tells Temporal whether to retry. Undos are retried until they succeed, whatever the failure. */
async function withFailures<T>(kind: StepKind, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    throw asFailure(error, kind === 'undo' || kind === 'undoCall')
  }
}

function asFailure(error: unknown, isUndo: boolean): unknown {
  if (error instanceof Problem) {
    return ApplicationFailure.create({
      type: error.code ?? error.type,
      message: error.message,
      nonRetryable: !isUndo && !isRetryable(error),
      details: [{ problem: error.toJSON() }],
    })
  }
  if (error instanceof TemporalFailure || isTransient(error)) return error
  return ApplicationFailure.create({
    type: 'BUG',
    message: faultMessageOf(error),
    nonRetryable: !isUndo,
    cause: error as Error,
  })
}
