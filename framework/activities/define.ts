/** `defineActivities`: which methods of a module's service workflows may call, by what happens if they run twice. */
import type { LinkChanges, LinkService } from '../link/service.ts'
import type { Module } from '../model/module.ts'
import type { AnyService } from '../model/service.ts'
import type { StepKind } from '../receipt/receipts.ts'
import type { WriteOptions } from '../workflow/event.ts'
import { type AnyDecision, type Decision, decisionWork, refuseSplitQueues } from './decide.ts'
import { type Activity, createOwnActivities, type FrameworkDeps } from './own.ts'
import { methodWork, outside, type StepWork, withReceipt } from './perform.ts'
import type { QuerySteps } from './query-step.ts'

type MethodName<S> = { [K in keyof S]: S[K] extends (...args: never[]) => Promise<unknown> ? K : never }[keyof S] &
  string

type Kinds<S> = { [K in StepKind]?: readonly MethodName<S>[] } & { decide?: Record<string, AnyDecision> }
type AnyKinds = { [kind in StepKind]?: readonly string[] } & { decide?: Record<string, AnyDecision> }

/** Which methods of which module are open to workflows; `S` is the module's service. */
export interface ActivitySet<S = unknown, K = AnyKinds> {
  readonly module: string
  readonly kinds: K
  /** Only for the types. */
  readonly _?: S
}

/**
 * Opens methods of a service to workflows:
 *
 * - `read`: asks our tables; the answer is recorded. `write`: changes them. `undo`: takes a `write` back.
 * - `decide`: locks, facts, a rule and writes of any modules in one transaction.
 * - `call`: asks the outside world, and may be repeated. `once`: may not be. `undoCall`: takes either back.
 *
 * @example export const brandActivities = defineActivities(brand, { read: ['listBrands'], write: ['createBrands'] })
 */
export function defineActivities<S extends AnyService, const K extends Kinds<S>>(
  module: Module<S, never> | Module<S>,
  kinds: K,
): ActivitySet<S, K> {
  return { module: module.name, kinds }
}

/**
 * The three changes of what is only created, changed and deleted: `createProductTags`, `updateProductTags`, `deleteProductTags`.
 *
 * @example defineActivities(product, { write: [...changesOf('ProductTags')] })
 */
export function changesOf<const N extends string>(noun: N) {
  return [`create${noun}`, `update${noun}`, `delete${noun}`] as const
}

type Picked<S, N> = N extends readonly (infer M)[] ? { [K in M & keyof S]: S[K] } : unknown
/** A write can be given its events as its last argument. */
type Writing<T> = {
  [K in keyof T]: T[K] extends (...args: infer A) => infer R ? (...args: [...A, WriteOptions?]) => R : never
}
type Of<A, K extends StepKind> = A extends { readonly kinds: infer N; readonly _?: infer S }
  ? (x: Picked<NonNullable<S>, K extends keyof N ? N[K] : undefined>) => void
  : never
type StepOf<D> = D extends Decision<infer _M, infer I, infer _F, infer _C, infer R> ? (input: I) => Promise<R> : never
type DecidedBy<A> = A extends { readonly kinds: { decide: infer D } }
  ? (x: { [N in keyof D]: StepOf<D[N]> }) => void
  : never
type Decided<A> = [DecidedBy<A>] extends [never] ? unknown : DecidedBy<A> extends (x: infer M) => void ? M : never
type Merged<A, K extends StepKind> = Of<A, K> extends (x: infer M) => void ? M : never

/**
 * The catalogue of steps of several activity sets, for `steps<…>()` in workflows.
 *
 * @example export type Activities = StepsOf<typeof activities>
 */
export type StepsOf<A extends readonly unknown[]> = {
  read: Merged<A[number], 'read'> & QuerySteps
  write: Writing<
    Merged<A[number], 'write'> &
      Decided<A[number]> &
      Pick<LinkService, 'createLinks' | 'deleteLinks'> & {
        changeLinks: (changes: LinkChanges) => Promise<void>
      }
  >
  call: Merged<A[number], 'call'>
  once: Merged<A[number], 'once'>
  undo: Merged<A[number], 'undo'> & Merged<A[number], 'undoCall'>
}

/** The activities as the worker registers them; `own` are those of the framework. */
export interface ActivityTable {
  own: Record<string, Activity>
  byModule: Record<string, Record<string, Activity>>
}

const OUTSIDE = new Set<StepKind>(['call', 'once', 'undoCall'])

/**
 * Makes the activities of a project.
 *
 * @throws when two methods have the same name, as it is unique in the whole system, or when a decision's modules have several task queues.
 */
export function createActivities(deps: FrameworkDeps, sets: readonly ActivitySet[]): ActivityTable {
  const own = createOwnActivities(deps)
  const queueOf = (name: string) => deps.moduleTaskQueues[name] ?? deps.taskQueue
  const byModule: ActivityTable['byModule'] = {}
  const owners = new Map(Object.keys(own).map((name) => [name, 'the framework']))
  for (const set of sets) {
    const module = deps.modules.find(({ name }) => name === set.module)
    if (!module) throw new Error(`There are activities of the module '${set.module}', but the project does not list it`)
    for (const [name, decision] of Object.entries(set.kinds.decide ?? {})) {
      refuseSplitQueues(queueOf, set.module, name, decision)
    }
    const activities = { ...insideOf(deps, module, set), ...outsideOf(deps, module, set) }
    for (const name of Object.keys(activities)) {
      if (owners.has(name)) throw new Error(`The step ${name} is offered by ${owners.get(name)} and ${set.module}`)
      owners.set(name, set.module)
    }
    byModule[set.module] = { ...byModule[set.module], ...activities }
  }
  return { own, byModule }
}

/** Steps in our own database. */
function insideOf(deps: FrameworkDeps, module: Module, { kinds }: ActivitySet) {
  const { decide = {}, ...methods } = kinds
  const all: [string, StepKind, StepWork][] = [
    ...namesOf(methods)
      .filter(([, kind]) => !OUTSIDE.has(kind))
      .map(([name, kind]): [string, StepKind, StepWork] => [name, kind, methodWork(deps, module, name)]),
    ...Object.entries(decide).map(([name, decision]): [string, StepKind, StepWork] => [
      name,
      'write',
      decisionWork(deps, name, decision),
    ]),
  ]
  return Object.fromEntries(
    all.map(([method, kind, { perform, ...work }]) => [method, withReceipt(deps, { method, kind, ...work }, perform)]),
  ) as Record<string, Activity>
}

function outsideOf(deps: FrameworkDeps, module: Module, { kinds: { decide: _, ...methods } }: ActivitySet) {
  const calls = namesOf(methods).filter(([, kind]) => OUTSIDE.has(kind))
  return Object.fromEntries(calls.map(([name, kind]) => [name, outside(deps, module, name, kind)])) as Record<
    string,
    Activity
  >
}

function namesOf(methods: Partial<Record<StepKind, readonly string[]>>): [string, StepKind][] {
  return Object.entries(methods).flatMap(([kind, names]) =>
    names.map((name): [string, StepKind] => [name, kind as StepKind]),
  )
}
