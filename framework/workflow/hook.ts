/** Hooks: named points of a change where a project adds to it. Free of Node. */
import { asPart, inBranch } from './branch.ts'
import { noted, type Saga } from './saga.ts'

type Handle<I> = (input: I, saga: Saga) => Promise<unknown>

/** What a project adds at a hook: workflow code, whose steps are steps of the change. */
// biome-ignore lint/suspicious/noExplicitAny: each knows the input of its hook
export interface HookHandler<I = any> extends Handle<I> {
  /** The name of the hook. */
  hook: string
}

export interface Hook<I> {
  /** Runs what was added here, one after the other by their names. Where one fails or refuses, all of the change is taken back. */
  (input: I): Promise<void>
  /**
   * Adds to it. What it does to our own tables is taken back with the change, by the journal; what it does outside through
   * `saga.step(act, undo)`. A `withSaga` of its own is the same saga: a failure that it catches leaves what was done before it.
   *
   * @example export const bookShelves = productsCreated.handle(async ({ products }) => { … })
   */
  handle(fn: Handle<I>): HookHandler<I>
}

/** Handlers by their hooks and names; each is loaded when it is to run. */
export type Handlers = Record<string, Record<string, () => HookHandler>>

let added: Handlers = {}
const NOTHING = Promise.resolve()

/** Which handlers there are: the bundle says it before a workflow begins. */
export function addHandlers(handlers: Handlers): void {
  added = handlers
}

/**
 * A point where projects add to a change, by this name.
 *
 * @example
 * export const notesCreated = hook<{ notes: { id: string }[] }>('notesCreated')
 * await notesCreated({ notes }) // in the workflow, after what it tells of is written
 */
export function hook<I>(name: string): Hook<I> {
  const run = (input: I) => (added[name] ? runAll(added[name], input) : NOTHING)
  return Object.assign(run, { handle: (fn: Handle<I>) => Object.assign(fn, { hook: name }) })
}

async function runAll(handlers: Handlers[string], input: unknown): Promise<void> {
  for (const name of Object.keys(handlers).sort()) {
    await inBranch(name, () => asPart(() => handlers[name]!()(input, noted)))
  }
}
