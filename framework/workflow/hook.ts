/** Hooks: named points in a change where projects add steps. Free of Node. */
import { inBranch, runAsPart } from './branch.ts'
import { partSaga, type Saga } from './saga.ts'

type Handle<I> = (input: I, saga: Saga) => Promise<unknown>

/** A project's handler of a hook: workflow code whose steps are steps of the change. */
// biome-ignore lint/suspicious/noExplicitAny: each hook has its own type of input
export interface HookHandler<I = any> extends Handle<I> {
  /** The name of the hook. */
  hook: string
}

export interface Hook<I> {
  /** Runs the handlers one after the other, in the order of their names. If one fails or refuses, the whole change is undone. */
  (input: I): Promise<void>
  /**
   * Declares a handler. Its writes are undone with the change, by the journal; give external effects an undo with
   * `saga.step(act, undo)`. A `withSaga` in it is the saga of the change.
   *
   * @example export const bookShelves = productsCreated.handle(async ({ products }) => { … })
   */
  handle(fn: Handle<I>): HookHandler<I>
}

/** Hook → name → handler, which is loaded when it runs. */
export type Handlers = Record<string, Record<string, () => HookHandler>>

let registered: Handlers = {}
const NOTHING = Promise.resolve()

/** Called by the bundle, before any workflow starts. */
export function addHandlers(handlers: Handlers): void {
  registered = handlers
}

/**
 * Declares a hook.
 *
 * @example
 * export const notesCreated = hook<{ notes: { id: string }[] }>('notesCreated')
 * await notesCreated({ notes }) // in the workflow, after the notes are written
 */
export function hook<I>(name: string): Hook<I> {
  const run = (input: I) => (registered[name] ? runAll(registered[name], input) : NOTHING)
  return Object.assign(run, { handle: (fn: Handle<I>) => Object.assign(fn, { hook: name }) })
}

async function runAll(handlers: Handlers[string], input: unknown): Promise<void> {
  for (const name of Object.keys(handlers).sort()) {
    await inBranch(name, () => runAsPart(() => handlers[name]!()(input, partSaga)))
  }
}
