/** Ids that are made within a step. */
import type { AnyTransaction } from '../model/repository.ts'
import { type MakeId, ulidOf } from '../workflow/ulid.ts'
import { currentStep } from './step-context.ts'

/** How many ids the step of a transaction has made. */
const made = new WeakMap<AnyTransaction, number>()

/** Makes ids that no other step of the run makes. */
export function stepIds(trx: AnyTransaction): MakeId {
  const { runId, generation, key } = currentStep()
  const timeMs = Date.now()
  return (prefix) => {
    const n = made.get(trx) ?? 0
    made.set(trx, n + 1)
    return `${prefix}_${ulidOf(timeMs, { seed: runId, path: `step ${generation} ${key}`, n })}`
  }
}
