/** `defineActivities`: which methods of a module's service workflows may call, and how. */
import type { LinkChanges, LinkService } from '../link/service.ts'
import type { Module } from '../model/module.ts'
import type { AnyService } from '../model/service.ts'
import type { StepKind } from '../receipt/receipts.ts'
import type { WriteOptions } from '../workflow/event.ts'
import { type AnyDecision, type Decision, decisionWork, refuseSplitQueues } from './decide.ts'
import { type Activity, createFrameworkActivities, type FrameworkDeps } from './framework-activities.ts'
import { methodWork, outsideStep, type StepWork, withReceipt } from './perform.ts'
import type { QuerySteps } from './query-step.ts'

type MethodName<S> = { [K in keyof S]: S[K] extends (...args: never[]) => Promise<unknown> ? K : never }[keyof S] &
  string

type Kinds<S> = { [K in StepKind]?: readonly MethodName<S>[] } & { decide?: Record<string, AnyDecision> }
type AnyKinds = { [kind in StepKind]?: readonly string[] } & { decide?: Record<string, AnyDecision> }

/** The methods of a module that workflows may call; `S` is the module's service. */
export interface ActivitySet<S = unknown, K = AnyKinds> {
  readonly module: string
  readonly kinds: K
  /** Only for the types. */
  readonly _?: S
}

/**
 * Declares which methods of a service workflows may call:
 *
 * - `read` queries our tables, and the answer is recorded. `write` changes them. `undo` undoes a `write`.
 * - `decide` combines locks, facts, a rule and writes of any modules in one transaction.
 * - `call` requests something from an external system and can be repeated. `once` must not be. `undoCall` undoes either.
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
 * The names of the three usual methods: `createProductTags`, `updateProductTags`, `deleteProductTags`.
 *
 * @example defineActivities(product, { write: [...crudMethods('ProductTags')] })
 */
export function crudMethods<const N extends string>(noun: N) {
  return [`create${noun}`, `update${noun}`, `delete${noun}`] as const
}

type Picked<S, N> = N extends readonly (infer M)[] ? { [K in M & keyof S]: S[K] } : unknown
/** Each method with `WriteOptions` as an optional last argument. */
type WithWriteOptions<T> = {
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
  write: WithWriteOptions<
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

/** The activities as the worker registers them. */
export interface ActivityTable {
  framework: Record<string, Activity>
  byModule: Record<string, Record<string, Activity>>
}

/** Kinds of steps in external systems. */
const OUTSIDE = new Set<StepKind>(['call', 'once', 'undoCall'])

/**
 * Creates the activities of a project.
 *
 * @throws if two modules offer methods of the same name, or if the modules of a decision have different task queues.
 */
export function createActivities(deps: FrameworkDeps, sets: readonly ActivitySet[]): ActivityTable {
  const framework = createFrameworkActivities(deps)
  const queueOf = (name: string) => deps.moduleTaskQueues[name] ?? deps.taskQueue
  const byModule: ActivityTable['byModule'] = {}
  const owners = new Map(Object.keys(framework).map((name) => [name, 'the framework']))
  for (const set of sets) {
    const module = deps.modules.find(({ name }) => name === set.module)
    if (!module) throw new Error(`There are activities of the module '${set.module}', but the project does not list it`)
    for (const [name, decision] of Object.entries(set.kinds.decide ?? {})) {
      refuseSplitQueues(queueOf, set.module, name, decision)
    }
    const activities = { ...databaseActivities(deps, module, set), ...outsideActivities(deps, module, set) }
    for (const name of Object.keys(activities)) {
      if (owners.has(name)) throw new Error(`The step ${name} is defined by both ${owners.get(name)} and ${set.module}`)
      owners.set(name, set.module)
    }
    byModule[set.module] = { ...byModule[set.module], ...activities }
  }
  return { framework, byModule }
}

/** Steps in our own database. */
function databaseActivities(deps: FrameworkDeps, module: Module, { kinds }: ActivitySet) {
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

/** Steps in external systems. */
function outsideActivities(deps: FrameworkDeps, module: Module, { kinds: { decide: _, ...methods } }: ActivitySet) {
  const calls = namesOf(methods).filter(([, kind]) => OUTSIDE.has(kind))
  return Object.fromEntries(calls.map(([name, kind]) => [name, outsideStep(deps, module, name, kind)])) as Record<
    string,
    Activity
  >
}

function namesOf(methods: Partial<Record<StepKind, readonly string[]>>): [string, StepKind][] {
  return Object.entries(methods).flatMap(([kind, names]) =>
    names.map((name): [string, StepKind] => [name, kind as StepKind]),
  )
}
