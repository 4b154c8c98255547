/** `decide`: locks, facts, a rule, writes of any modules and events in one step, so that nothing changes in between. */
import type { Locks } from '../model/lock-rows.ts'
import type { AnyModule, ServicesOf } from '../model/module.ts'
import type { Query } from '../query.ts'
import type { Events } from '../workflow/event.ts'
import type { MakeId } from '../workflow/ulid.ts'
import { type StepDeps, type StepWork, servicesFor, workOf } from './perform.ts'
import { stepIds } from './step-ids.ts'

/**
 * A change of our own database: one transaction with one receipt.
 *
 * `M` are the modules, `I` the input, `F` the facts, `C` the change, `R` the answer.
 */
export interface Decision<M extends Modules, I, F, C, R> {
  /** The modules whose services `write` uses. */
  modules: M
  /** Rows to lock until the end of the step. `facts` can lock more with `query.lock`. */
  lock?: (input: I) => Locks
  /** Reads what the rule needs to know, in this transaction. default: nothing */
  facts?: (query: Query, input: I) => Promise<F>
  /** A pure function. Throws a `Problem` to refuse. Times come with the input, never from the clock; ids come from `newId`. */
  rule: (facts: F, input: I, newId: MakeId) => C
  /** Writes the change; each module writes its own tables through its own service. @returns the answer. */
  write: (services: ServicesOf<M>, change: C, input: I) => Promise<R>
  /** Events to publish in this transaction. default: none */
  events?: (change: C, input: I, answer: R) => Events
}

// biome-ignore lint/suspicious/noExplicitAny: a decision of any types
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

/** The modules as the project lists them: with its options, or replaced. */
function projectModules(deps: StepDeps, name: string, modules: Modules): Modules {
  return Object.fromEntries(
    Object.entries(modules).map(([key, declared]) => {
      const module = deps.modules.find((candidate) => candidate.name === declared.name)
      if (!module) throw new Error(`${name} writes the module '${declared.name}', but the project does not list it`)
      return [key, module]
    }),
  )
}

/** Links can be written on any task queue, with the rows that they belong to. */
const ON_ANY_QUEUE = 'link'

/**
 * Checks that all modules of a decision have the same task queue, because one transaction runs in one worker.
 *
 * @throws if `temporal.yaml` gives them different queues.
 */
export function refuseSplitQueues(
  queueOf: (module: string) => string,
  owner: string,
  name: string,
  { modules }: { modules: Modules },
): void {
  const others = Object.values(modules).filter((module) => module.name !== ON_ANY_QUEUE)
  const split = others.find((module) => queueOf(module.name) !== queueOf(owner))
  if (!split) return
  throw new Error(
    `${name} writes the modules ${[...new Set([owner, ...others.map((module) => module.name)])].join(', ')} in one transaction, so they need ` +
      `one task queue, but '${owner}' has ${queueOf(owner)} and '${split.name}' has ${queueOf(split.name)}. Give them the same ` +
      `under \`moduleTaskQueues\` in temporal.yaml, or replace the workflows that call ${name} by sagas of your own.`,
  )
}
