/** `decide`: a `write` that reads its facts first, in the same transaction, so that nothing goes stale between look and leap. */
import { sql } from 'kysely'
import type { Module } from '../model/module.ts'
import type { AnyTransaction } from '../model/repository.ts'
import { pipelined } from '../postgres/statement.ts'
import type { Query } from '../query.ts'
import { type MakeId, ulidOf } from '../workflow/ulid.ts'
import { moduleWork, type StepDeps, type Work } from './perform.ts'
import { currentStep } from './step-context.ts'

/** How a step decides: `S` is the service that owns the subject, `I` the input, `F` the facts, `C` the change, `R` the answer. */
// biome-ignore lint/suspicious/noExplicitAny: whatever a rule decides about
export interface Decision<S = any, I = any, F = any, C = any, R = any> {
  /**
   * The subject: rows of the module, by table, that nobody else changes until this is decided; or `all` of a table, also those
   * that are not there yet.
   */
  lock?: (input: I) => Record<string, string[] | 'all'>
  /** Read by the query layer, on the step's own transaction: as they stand now. */
  facts: (query: Query, input: I) => Promise<F>
  /**
   * Pure. Throws a `Problem` to refuse; a time comes with the input, never from the clock. New rows get their ids from `newId`:
   * they are the step's, and told by what it answers.
   */
  rule: (facts: F, input: I, newId: MakeId) => C
  /** What the owning module writes. */
  write: (service: S, change: C, input: I) => Promise<R>
}

/**
 * Facts, rule and effect as one step.
 *
 * @example
 * decide: {
 *   addToCart: decide({
 *     lock: ({ cart_id }: AddToCartInput) => ({ cart: [cart_id] }),
 *     facts: cartFacts,
 *     rule: addToCartRule,
 *     write: (carts: CartService, change) => carts.applyChange(change),
 *   }),
 * }
 */
export function decide<S, I, F, C, R>(decision: Decision<S, I, F, C, R>): Decision<S, I, F, C, R> {
  return decision
}

export function decisionWork(deps: StepDeps & { query: Query }, module: Module, decision: Decision): Work {
  return moduleWork(deps, module, 'write', async (service, trx, [input]) => {
    for (const [table, ids] of Object.entries(decision.lock?.(input) ?? {})) await lock(trx, [module.name, table], ids)
    const facts = await decision.facts(deps.query.on(trx), input)
    return decision.write(service, decision.rule(facts, input, stepIds(trx)), input)
  })
}

/** How many ids the step of a transaction has made: it may decide more than once. */
const made = new WeakMap<AnyTransaction, number>()

/** Ids of the step's own, that no other step of the run makes. */
function stepIds(trx: AnyTransaction): MakeId {
  const { runId, generation, key } = currentStep()
  const timeMs = Date.now()
  return (prefix) => {
    const n = made.get(trx) ?? 0
    made.set(trx, n + 1)
    return `${prefix}_${ulidOf(timeMs, { seed: runId, path: `step ${generation} ${key}`, n })}`
  }
}

/**
 * In the order of their ids: two that decide about the same rows wait for each other, and not in a circle. Who only refers to
 * one, by a foreign key that is looked at when it commits, does not wait.
 */
async function lock(trx: AnyTransaction, table: string[], ids: string[] | 'all'): Promise<void> {
  if (ids === 'all') {
    await sql`lock table ${sql.id(...table)} in share row exclusive mode`.execute(trx)
    return
  }
  await pipelined(sql`select from ${sql.id(...table)} where id = any(${ids}) order by id for no key update`).execute(
    trx,
  )
}
