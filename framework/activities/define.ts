/** `defineActivities`: which methods of a module's service workflows may call, by what happens if they run twice. */
import type { Database } from '../database.ts'
import type { LinkService } from '../link/service.ts'
import type { Module } from '../model/module.ts'
import type { AnyService } from '../model/service.ts'
import type { Query } from '../query.ts'
import { breakPoint } from './break-point.ts'
import { outside, transactional } from './perform.ts'
import { QUERY_STEP, type QuerySteps, queryStep } from './query-step.ts'
import { type StepKind, takeBack } from './receipts.ts'
import { currentStep } from './step-context.ts'

type MethodName<S> = { [K in keyof S]: S[K] extends (...args: never[]) => Promise<unknown> ? K : never }[keyof S] &
  string

type Kinds<S> = { [K in StepKind]?: readonly MethodName<S>[] }

/** Which methods of which module are open to workflows; `S` is the module's service. */
export interface ActivitySet<S = unknown, K = { [kind in StepKind]?: readonly string[] }> {
  readonly module: string
  readonly kinds: K
  /** Only for the types. */
  readonly _?: S
}

/**
 * Opens methods of a service to workflows:
 *
 * - `read`: asks our tables; the answer is recorded. `write`: changes them. `undo`: takes a `write` back.
 * - `call`: asks the outside world. `undoCall`: takes a `call` back.
 *
 * @example export const brandActivities = defineActivities(brand, { read: ['listBrands'], write: ['createBrands'] })
 */
export function defineActivities<S extends AnyService, const K extends Kinds<S>>(
  module: Module<S, never> | Module<S>,
  kinds: K,
): ActivitySet<S, K> {
  return { module: module.name, kinds }
}

type Picked<S, N> = N extends readonly (infer M)[] ? { [K in M & keyof S]: S[K] } : unknown
type Of<A, K extends StepKind> = A extends { readonly kinds: infer N; readonly _?: infer S }
  ? (x: Picked<NonNullable<S>, K extends keyof N ? N[K] : undefined>) => void
  : never
type Merged<A, K extends StepKind> = Of<A, K> extends (x: infer M) => void ? M : never

/**
 * The catalogue of steps of several activity sets, for `steps<…>()` in workflows.
 *
 * @example export type Activities = StepsOf<typeof activities>
 */
export type StepsOf<A extends readonly unknown[]> = {
  read: Merged<A[number], 'read'> & QuerySteps
  write: Merged<A[number], 'write'> & Pick<LinkService, 'createLinks' | 'deleteLinks' | 'changeLinks' | 'deleteLinksOf'>
  call: Merged<A[number], 'call'>
  undo: Merged<A[number], 'undo'> & Merged<A[number], 'undoCall'>
}

type Activity = (...input: never[]) => Promise<unknown>

/** The activities as the worker registers them; `own` are those of the framework. */
export interface ActivityTable {
  own: Record<string, Activity>
  byModule: Record<string, Record<string, Activity>>
}

/**
 * Makes the activities of a project.
 *
 * @throws when two methods have the same name: it is unique in the whole system.
 */
export function createActivities(
  db: Database,
  modules: Module[],
  sets: readonly ActivitySet[],
  query: Query,
): ActivityTable {
  const byModule: ActivityTable['byModule'] = {}
  const owners = new Map<string, string>(['takeBack', QUERY_STEP].map((name) => [name, 'the framework']))
  for (const set of sets) {
    const module = modules.find(({ name }) => name === set.module)
    if (!module) throw new Error(`There are activities of the module '${set.module}', but the project does not list it`)
    for (const [kind, names] of Object.entries(set.kinds) as [StepKind, readonly string[]][]) {
      for (const name of names) {
        if (owners.has(name)) throw new Error(`The step ${name} is offered by ${owners.get(name)} and ${set.module}`)
        owners.set(name, set.module)
        byModule[set.module] ??= {}
        byModule[set.module]![name] = (kind === 'call' || kind === 'undoCall' ? outside : transactional)(
          db,
          module,
          name,
          kind,
        )
      }
    }
  }
  return { own: { takeBack: ownTakeBack(db), [QUERY_STEP]: queryStep(db, query) }, byModule }
}

function ownTakeBack(db: Database): Activity {
  return async (failure: never) => {
    const step = currentStep()
    const answer = await takeBack(db, step, failure)
    breakPoint('done', step.key)
    return answer
  }
}
