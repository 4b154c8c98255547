/**
 * Where in a workflow a step stands, so that it has the same key whenever the workflow's code is run again.
 *
 * When a worker dies, the whole workflow task runs again and parallel branches may finish in another order; a plain counter
 * would then give the key of one step to another. Steps are therefore counted per branch, and branches have names.
 */
import { AsyncLocalStorage, uuid4 } from '@temporalio/workflow'

interface Branch {
  path: string
  /** A random UUID, the same whenever this run is run again. */
  seed: string
  undoing: boolean
  counts: Map<string, number>
  /** The keys of all steps of this run, in the order they were begun. */
  begun: string[]
}

const branches = new AsyncLocalStorage<Branch>()

/** Opens the trunk: the interceptor around every workflow does it. */
export function inTrunk<T>(fn: () => Promise<T>): Promise<T> {
  return branches.run({ path: '', seed: uuid4(), undoing: false, counts: new Map(), begun: [] }, fn)
}

/** Runs `fn` in a branch of its own; names must differ within the parent. */
export function inBranch<T>(name: string, fn: () => Promise<T>): Promise<T> {
  const parent = current()
  const path = parent.path + count(`${name}/`, (n) => (n === 0 ? `${name}/` : `${name}~${n}/`))
  return branches.run({ ...parent, path, counts: new Map() }, fn)
}

/** Runs `fn` as a part of taking back: its steps are allowed although the run is being taken back. */
export function inUndo<T>(fn: () => Promise<T>): Promise<T> {
  return branches.run({ ...current(), path: 'undo/', undoing: true, counts: new Map() }, fn)
}

/** The key of the next step of that name here, such as `createBrands#0` or `acme/createBrands#1`. */
export function nextKey(name: string): { key: string; undoing: boolean } {
  const { path, undoing, begun } = current()
  const key = count(name, (n) => `${path}${name}#${n}`)
  begun.push(key)
  return { key, undoing }
}

/** Calls `act` and says which step it began with, where it began one at once. */
export function firstStepOf<T>(act: () => T): { acting: T; key: string | undefined } {
  const { begun } = current()
  const before = begun.length
  const acting = act()
  return { acting, key: begun[before] }
}

/** What the next id is made from: the run's seed, the branch, and a number that rises within the branch. */
export function nextIdParts(): { seed: string; path: string; n: number } {
  const { path, seed } = current()
  return { seed, path, n: count('id', (n) => n) }
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
