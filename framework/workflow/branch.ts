/**
 * Where in a workflow a step stands, so that it has the same key whenever the workflow's code is run again.
 *
 * When a worker dies, the whole workflow task runs again and parallel branches may finish in another order; a plain counter
 * would then give the key of one step to another. Steps are therefore counted per branch, and branches have names.
 */
import { AsyncLocalStorage, workflowInfo } from '@temporalio/workflow'
import type { ChangeMemo } from './step.ts'

/** What all branches of a run share. */
export interface RunState {
  /** The UUID of the first run of its chain: the same whenever this run is run again, also after a reset to its very beginning. */
  readonly seed: string
  /** How often the chain has gone on in a fresh history. */
  readonly generation: number
  /** Who asked for the change. */
  readonly actor: string
  /** The keys of all steps of this run, in the order they were begun. */
  readonly begun: string[]
  /** Those of them that write to our own tables. */
  readonly writes: Set<string>
  /** The undos that the author gave, in the order they were noted. */
  readonly undos: NotedUndo[]
  /** How many acts may have had an effect. */
  effects: number
  /** Whether events were written that somebody waits for. */
  undelivered: boolean
  /** The last local step in line, until it has ended; absent if none runs or waits. */
  underWay?: Promise<unknown> | undefined
  /** How many sagas are open side by side. */
  sagas: number
  /** Of the run's one saga: that it goes on, that it succeeded, or that all was taken back. */
  saga?: 'open' | 'stands' | 'undone'
}

export interface NotedUndo {
  /** The steps that it takes back. */
  readonly keys: string[]
  /** How many steps had been begun before. */
  readonly position: number
  run: () => Promise<unknown>
}

interface Branch {
  path: string
  undoing: boolean
  counts: Map<string, number>
  /** The act that these steps belong to, where its undo is given. */
  act?: NotedUndo
  /** Whether it is within a saga, or a part of a change that others began: its saga is that. */
  part?: boolean
  runState: RunState
}

const branches = new AsyncLocalStorage<Branch>()

/** Opens the runState: the interceptor around every workflow does it. */
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

/** What all branches of this run share. */
export function currentRunState(): RunState {
  return current().runState
}

/** Who asked for the change: the id of a user, customer or key, or what else it was. */
export function actor(): string {
  return currentRunState().actor
}

/** Runs `fn` in a branch of its own; names must differ within the parent. */
export function inBranch<T>(name: string, fn: () => Promise<T>): Promise<T> {
  const parent = current()
  const path = parent.path + count(`${name}/`, (n) => (n === 0 ? `${name}/` : `${name}~${n}/`))
  return branches.run({ ...parent, path, counts: new Map() }, fn)
}

/** Runs `fn` as a part of whatever the change does: a saga in it is that around it. */
export function asPart<T>(fn: () => Promise<T>): Promise<T> {
  return branches.run({ ...current(), part: true }, fn)
}

/** Whether this branch is such a part. */
export function isPart(): boolean {
  return current().part === true
}

/** Runs `fn` as a part of taking back: its steps are allowed although the run is being taken back. */
export function inUndo<T>(fn: () => Promise<T>): Promise<T> {
  const { runState } = current()
  return branches.run({ path: 'undo/', undoing: true, counts: new Map(), runState }, fn)
}

/** The key of the next step of that name here, such as `createBrands#0` or `acme/createBrands#1`. */
export function nextKey(name: string): { key: string; undoing: boolean } {
  const { path, undoing, act, runState } = current()
  const key = count(name, (n) => `${path}${name}#${n}`)
  if (!undoing) runState.begun.push(key)
  act?.keys.push(key)
  return { key, undoing }
}

/** Calls `act` and notes its steps, however late they begin. */
export function inAct<T>(noted: NotedUndo, act: () => Promise<T>): Promise<T> {
  return branches.run({ ...current(), act: noted }, act)
}

/** What the next id is made from: the run's seed, its generation and branch, and a number that rises within the branch. */
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
 * Runs `fn` for every item at once, each in a branch named by `keyOf`; the answers come in the items' order.
 * Waits for all of them, also when one fails, and then throws the first failure in the items' order.
 * Local steps (`read`, `write`) still run one after another; remote ones and child workflows run in parallel.
 *
 * @param items bounded: a page, not a table.
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
  return settled(items.map((item, index) => inBranch(keys[index]!, () => fn(item))))
}

/**
 * Runs several things at once, each in a branch of its own name.
 *
 * @example const { cart, stock } = await all({ cart: () => read.retrieveCart(id), stock: () => read.listLevels(ids) })
 */
export async function all<T extends Record<string, () => Promise<unknown>>>(
  branchesByName: T,
): Promise<{ [K in keyof T]: Awaited<ReturnType<T[K]>> }> {
  const names = Object.keys(branchesByName)
  const answers = await settled(names.map((name) => inBranch(name, branchesByName[name]!)))
  return Object.fromEntries(names.map((name, index) => [name, answers[index]])) as never
}

async function settled<T>(promises: Promise<T>[]): Promise<T[]> {
  const results = await Promise.allSettled(promises)
  return results.map((result) => {
    if (result.status === 'rejected') throw result.reason
    return result.value
  })
}
