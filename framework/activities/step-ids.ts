/** Ids for rows that a step creates. */
import type { AnyTransaction } from '../database.ts'
import { type MakeId, ulidOf } from '../workflow/ulid.ts'
import { currentStep } from './step-context.ts'

/** The number of ids made so far in a transaction. */
const counts = new WeakMap<AnyTransaction, number>()

/** Makes ids that no other step of the run makes. */
export function stepIds(trx: AnyTransaction): MakeId {
  const { runId, generation, key } = currentStep()
  const timeMs = Date.now()
  return (prefix) => {
    const n = counts.get(trx) ?? 0
    counts.set(trx, n + 1)
    return `${prefix}_${ulidOf(timeMs, { seed: runId, path: `step ${generation} ${key}`, n })}`
  }
}
