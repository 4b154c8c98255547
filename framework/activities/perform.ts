/** How a step of each kind is performed. */
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
import { faultTextOf, messageOf, Problem } from '../problem.ts'
import {
  type AttemptOutcome,
  closeAttempt,
  isWorthARetry,
  once,
  openAttempt,
  redacted,
  type StepCall,
  type StepKind,
  unknownOutcome,
} from '../receipt/receipts.ts'
import type { Secrets } from '../secrets.ts'
import { type Enveloped, type Events, eventsOf, isWriteOptions } from '../workflow/event.ts'
import { breakPoint } from './break-point.ts'
import { currentStep } from './step-context.ts'
import { stepIds } from './step-ids.ts'

/** Within this time of its start every request of an attempt has ended: each is aborted then. */
export const CALL_DEADLINE_MS = 8000
/** What a request was to do may still happen so long after it was given up: the other side may be busy with it. */
const GRACE_MS = 3000
const HEARTBEAT_MS = 1000
const PATIENCE_MS = 15_000

type Methods = Record<string, (...input: unknown[]) => Promise<unknown>>

/** What steps of the database need. */
export interface StepDeps {
  db: Database
  modules: readonly Module[]
  subscriptions: Subscriptions
  secrets: Secrets
  /** Where rows are linked, in this project. */
  linkColumnsOf: LinkColumnsOf
}

type OutsideDeps = Omit<StepDeps, 'subscriptions'>

/** What a step does in our own database, in a transaction that is given to it. */
export interface StepWork {
  /** Fields that stay out of the receipt. */
  secrets: ReadonlySet<string>
  /** Whose constraints may refuse it, by `<module>.<table>`. */
  models: Readonly<Record<string, Model>>
  perform: (trx: AnyTransaction, input: unknown[]) => Promise<Performed>
}

interface Performed {
  answer: unknown
  /** What has happened. */
  events?: Events
}

/** A method of a module's service. */
export function methodWork(deps: StepDeps, module: Module, method: string): StepWork {
  return workOf([module], async (trx, input) => {
    const service = serviceFor(deps, module, transactionOf(module, trx))
    return { answer: await service[method]!(...input) }
  })
}

/** Work on the tables of these modules. */
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

/** Their services on the step's transaction, made when they are asked for. */
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

/** Work in one transaction, with a receipt, and with the events that it tells of. */
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
        const { args, emits } = openEnvelope(input)
        const call: StepCall = {
          step,
          method,
          kind,
          input: args,
          models,
          ...(secrets && { secrets }),
          ...(emits && { emits }),
        }
        const result = await once(db, call, async (trx) => {
          const { answer, events } = await perform(trx, args)
          const turriAnswer = redacted(answer, secrets)
          const emitted = eventsOf({ ...emits, ...events }, stepIds(trx))
          if (emitted.length === 0) return turriAnswer
          const undelivered = await publishEvents(trx, step, emitted, subscriptions)
          return { turriAnswer, undelivered } satisfies Enveloped
        })
        breakPoint('done', step.key)
        return result
      }),
    )
}

function openEnvelope(input: unknown[]): { args: unknown[]; emits?: Events } {
  const last = input.at(-1)
  return isWriteOptions(last) ? { args: input.slice(0, -1), emits: last.emits } : { args: input }
}

/** A step in the outside world: its attempts are noted before they are made, its result after. */
export function outside(deps: OutsideDeps, module: Module, method: string, kind: StepKind) {
  return (...input: unknown[]): Promise<unknown> =>
    withFailures(kind, () =>
      withHeartbeat(async () => {
        const call: StepCall = { step: currentStep(), method, kind, input }
        const opening = await withDatabaseRetry(async () => {
          const deadline = Date.now() + CALL_DEADLINE_MS
          return { ...(await openAttempt(deps.db, call, CALL_DEADLINE_MS)), deadline }
        })
        return opening.goAhead ? attempt(deps, module, call, opening) : opening.result
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
    await close(outcomeOf(error, signal)).catch(() => {}) // then it counts as under way until its deadline
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
  given: Partial<ServiceContext>,
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
    ...given,
  }
  return new module.service(context as ServiceContext<never>) as unknown as Methods
}

/** Keeps telling Temporal that the worker lives, where the step is a normal activity. */
async function withHeartbeat<T>(work: () => Promise<T>): Promise<T> {
  const context = Context.current()
  const beat = setInterval(() => context.heartbeat(), HEARTBEAT_MS)
  try {
    return await work()
  } finally {
    clearInterval(beat)
  }
}

/** Waits for our own database to come back, so that its absence does not use up the attempts at the outside world. */
async function withDatabaseRetry<T>(work: () => Promise<T>): Promise<T> {
  const deadline = Date.now() + PATIENCE_MS
  for (;;) {
    try {
      return await work()
    } catch (error) {
      if (!isTransient(error) || Date.now() > deadline) throw error
      await sleep(200)
    }
  }
}

/** Lets a step's refusals end it for good. */
export function withRefusals<T>(work: () => Promise<T>): Promise<T> {
  return withFailures('write', work)
}

/** Says to Temporal whether it is worth another attempt. Undos are repeated until they succeed, whatever is in their way. */
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
      nonRetryable: !isUndo && !isWorthARetry(error),
      details: [{ problem: error.toJSON() }],
    })
  }
  if (error instanceof TemporalFailure || isTransient(error)) return error
  return ApplicationFailure.create({
    type: 'BUG',
    message: faultTextOf(error),
    nonRetryable: !isUndo,
    cause: error as Error,
  })
}
