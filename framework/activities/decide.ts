/** `decide`: locks, facts, a rule, writes of any modules and events as one step, so that nothing goes stale in between. */
import type { Locks } from '../model/lock-rows.ts'
import type { AnyModule, ServicesOf } from '../model/module.ts'
import type { Query } from '../query.ts'
import type { Events } from '../workflow/event.ts'
import type { MakeId } from '../workflow/ulid.ts'
import { type StepDeps, type StepWork, servicesFor, workOf } from './perform.ts'
import { stepIds } from './step-ids.ts'

/**
 * A change of our own database. All of it is one transaction with one receipt: it happens, or nothing of it does.
 *
 * `M` are the modules, `I` the input, `F` the facts, `C` the change, `R` the answer.
 */
export interface Decision<M extends Modules, I, F, C, R> {
  /** The modules whose services `write` uses. */
  modules: M
  /** Rows that nobody else changes until this is decided. Facts can lock more with `query.lock`. */
  lock?: (input: I) => Locks
  /** What the rule needs to know, read by the query layer in this transaction. default: nothing */
  facts?: (query: Query, input: I) => Promise<F>
  /** Pure. Throws a `Problem` to refuse; a time comes with the input, never from the clock; new rows get their ids from `newId`. */
  rule: (facts: F, input: I, newId: MakeId) => C
  /** The writes, in this order; each module writes its own tables through its own service. @returns the answer. */
  write: (services: ServicesOf<M>, change: C, input: I) => Promise<R>
  /** What has happened. default: nothing */
  events?: (change: C, input: I, answer: R) => Events
}

// biome-ignore lint/suspicious/noExplicitAny: whatever a rule decides about
export type AnyDecision = Decision<any, any, any, any, any>

export type Modules = Record<string, AnyModule>

/**
 * Declares a decision.
 *
 * @example
 * decide: {
 *   deleteProducts: decide({
 *     modules: { product, inventory },
 *     lock: (ids: string[]) => ({ product: ids }),
 *     facts: deletedProductFacts,
 *     rule: deletedProducts,
 *     write: async ({ product, inventory }, { products, items }) => {
 *       await product.deleteProducts(products)
 *       await inventory.deleteInventoryItems(items)
 *     },
 *     events: ({ products }) => ({ 'product.deleted': products }),
 *   }),
 * }
 */
export function decide<M extends Modules, I, F, C, R>(decision: Decision<M, I, F, C, R>): Decision<M, I, F, C, R> {
  return decision
}

export function decisionWork(deps: StepDeps & { query: Query }, name: string, decision: AnyDecision): StepWork {
  const { lock, facts, rule, write, events } = decision
  const modules = projectModules(deps, name, decision.modules)
  return workOf(Object.values(modules), async (trx, [input]) => {
    const query = deps.query.on(trx)
    if (lock) await query.lock(lock(input))
    const change = rule(await facts?.(query, input), input, stepIds(trx))
    const answer = await write(servicesFor(deps, modules, trx), change, input)
    return { answer, ...(events && { events: events(change, input, answer) }) }
  })
}

/** The modules as the project has them: with its options, or replaced. */
function projectModules(deps: StepDeps, name: string, modules: Modules): Modules {
  return Object.fromEntries(
    Object.entries(modules).map(([key, { name: wanted }]) => {
      const module = deps.modules.find((one) => one.name === wanted)
      if (!module) throw new Error(`${name} writes the module '${wanted}', but the project does not list it`)
      return [key, module]
    }),
  )
}

/** Links are written wherever the rows are that they belong to. */
const EVERYWHERE = 'link'

/**
 * One transaction is in one worker, so all modules of a decision have one task queue.
 *
 * @throws where `temporal.yaml` says otherwise.
 */
export function refuseSplitQueues(
  queueOf: (module: string) => string,
  owner: string,
  name: string,
  { modules }: { modules: Modules },
): void {
  const others = Object.values(modules).filter((module) => module.name !== EVERYWHERE)
  const elsewhere = others.find((module) => queueOf(module.name) !== queueOf(owner))
  if (!elsewhere) return
  throw new Error(
    `${name} writes the modules ${[...new Set([owner, ...others.map((module) => module.name)])].join(', ')} in one transaction, so they need ` +
      `one task queue, but '${owner}' has ${queueOf(owner)} and '${elsewhere.name}' has ${queueOf(elsewhere.name)}. Give them the same ` +
      `under \`moduleTaskQueues\` in temporal.yaml, or replace the workflows that call ${name} by sagas of your own.`,
  )
}
