/**
 * The position of a step in its workflow, so that it has the same key whenever the workflow's code runs again.
 *
 * When a worker dies, the whole workflow task runs again, and parallel branches may finish in another order. A plain counter
 * would then give one step the key of another. Steps are therefore counted per branch, and branches have names.
 */
import { AsyncLocalStorage, workflowInfo } from '@temporalio/workflow'
import type { ChangeMemo } from './step.ts'

/** The state that all branches of a run share. */
export interface RunState {
  /** The UUID of the first run of its chain, which stays the same when the run is replayed or reset to its start. */
  readonly seed: string
  /** How often the chain has continued as new. */
  readonly generation: number
  /** The actor that requested the change. */
  readonly actor: string
  /** The keys of all steps of this run, in the order they began. */
  readonly begun: string[]
  /** The keys of the steps that write to our own tables. */
  readonly writes: Set<string>
  /** The undos that the workflow has registered, in this order. */
  readonly undos: RegisteredUndo[]
  /** How many steps may have had an effect. */
  effects: number
  /** Whether events with subscribers have been written. */
  undelivered: boolean
  /** The last local step in line, until it has ended; absent if none runs or waits. */
  lastLocalStep?: Promise<unknown> | undefined
  /** How many calls of `withSaga` are open side by side. */
  sagas: number
  /** The state of the run's one saga. */
  saga?: 'open' | 'completed' | 'undone'
}

/** An undo that the workflow has given with a step. */
export interface RegisteredUndo {
  /** The keys of the steps that it undoes. */
  readonly keys: string[]
  /** How many steps had begun before it was registered. */
  readonly position: number
  run: () => Promise<unknown>
}

interface Branch {
  path: string
  undoing: boolean
  counts: Map<string, number>
  /** The registered undo that reverses the steps of this branch. */
  undo?: RegisteredUndo
  /** Whether a saga in this branch is the one around it: true within a saga, and in hook handlers. */
  isPart?: boolean
  runState: RunState
}

const branches = new AsyncLocalStorage<Branch>()

/** Runs a workflow with a fresh run state. Called by the interceptor around every workflow. */
export function withRunState<T>(actor: string, fn: (runState: RunState) => Promise<T>): Promise<T> {
  const { firstExecutionRunId, memo } = workflowInfo()
  const runState: RunState = {
    seed: firstExecutionRunId,
    generation: (memo as ChangeMemo | undefined)?.generation ?? 0,
    actor,
    begun: [],
    writes: new Set(),
    undos: [],
    effects: 0,
    sagas: 0,
    undelivered: false,
  }
  return branches.run({ path: '', undoing: false, counts: new Map(), runState }, () => fn(runState))
}

/** The state of the current run. */
export function currentRunState(): RunState {
  return current().runState
}

/** The actor that requested the change: the id of a user, customer or API key, or for example `schedule turri-sweep`. */
export function actor(): string {
  return currentRunState().actor
}

/** Runs `fn` in a branch of its own. */
export function inBranch<T>(name: string, fn: () => Promise<T>): Promise<T> {
  const parent = current()
  const path = parent.path + count(`${name}/`, (n) => (n === 0 ? `${name}/` : `${name}~${n}/`))
  return branches.run({ ...parent, path, counts: new Map() }, fn)
}

/** Runs `fn` so that a saga in it is the saga around it. */
export function runAsPart<T>(fn: () => Promise<T>): Promise<T> {
  return branches.run({ ...current(), isPart: true }, fn)
}

/** Whether a saga here is the saga around it. */
export function isPart(): boolean {
  return current().isPart === true
}

/** Runs `fn` as part of undoing: its steps are allowed although the run has a tombstone. */
export function inUndo<T>(fn: () => Promise<T>): Promise<T> {
  const { runState } = current()
  return branches.run({ path: 'undo/', undoing: true, counts: new Map(), runState }, fn)
}

/** The key of the next step of that name in this branch, such as `createBrands#0` or `acme/createBrands#1`. */
export function nextKey(name: string): { key: string; undoing: boolean } {
  const { path, undoing, undo, runState } = current()
  const key = count(name, (n) => `${path}${name}#${n}`)
  if (!undoing) runState.begun.push(key)
  undo?.keys.push(key)
  return { key, undoing }
}

/** Calls `act` and adds its steps, however late they begin, to those that `undo` reverses. */
export function withUndo<T>(undo: RegisteredUndo, act: () => Promise<T>): Promise<T> {
  return branches.run({ ...current(), undo }, act)
}

/** The parts of the next id: the run's seed, its generation and branch, and a counter per branch. */
export function nextIdParts(): { seed: string; path: string; n: number } {
  const { path, runState } = current()
  const { seed, generation } = runState
  return { seed, path: generation === 0 ? path : `${generation}~${path}`, n: count('id', (n) => n) }
}

function count<T>(name: string, format: (n: number) => T): T {
  const { counts } = current()
  const n = counts.get(name) ?? 0
  counts.set(name, n + 1)
  return format(n)
}

function current(): Branch {
  const branch = branches.getStore()
  if (!branch) throw new Error('Steps and ids can only be made while a workflow runs')
  return branch
}

/**
 * Runs `fn` for all items concurrently, each in a branch named by `keyOf`. Returns the results in the order of the items. If one
 * fails, waits for the others and throws the first failure in that order. Local steps (`read`, `write`) still run one after another;
 * remote ones and child workflows run in parallel.
 *
 * @param items a bounded list: a page, not a table.
 * @example const levels = await each(locations, (location) => location.id, (location) => write.createLevels(location))
 */
export async function each<T, R>(
  items: readonly T[],
  keyOf: (item: T) => string,
  fn: (item: T) => Promise<R>,
): Promise<R[]> {
  const keys = items.map(keyOf)
  const twice = keys.find((key, index) => keys.indexOf(key) !== index)
  if (twice !== undefined) throw new Error(`Two branches of each() have the name ${twice}`)
  return allSettled(items.map((item, index) => inBranch(keys[index]!, () => fn(item))))
}

/**
 * Runs several functions concurrently, each in a branch of its own name.
 *
 * @example const { cart, stock } = await all({ cart: () => read.retrieveCart(id), stock: () => read.listLevels(ids) })
 */
export async function all<T extends Record<string, () => Promise<unknown>>>(
  branchesByName: T,
): Promise<{ [K in keyof T]: Awaited<ReturnType<T[K]>> }> {
  const names = Object.keys(branchesByName)
  const answers = await allSettled(names.map((name) => inBranch(name, branchesByName[name]!)))
  return Object.fromEntries(names.map((name, index) => [name, answers[index]])) as never
}

async function allSettled<T>(promises: Promise<T>[]): Promise<T[]> {
  const results = await Promise.allSettled(promises)
  return results.map((result) => {
    if (result.status === 'rejected') throw result.reason
    return result.value
  })
}
