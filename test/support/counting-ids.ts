import type { MakeId } from '../../framework/workflow/ulid.ts'

/** Ids that a test can foresee: `price_1`, `price_2`, and each prefix counted for itself. */
export function countingIds(): MakeId {
  const counts = new Map<string, number>()
  return (prefix) => {
    const count = (counts.get(prefix) ?? 0) + 1
    counts.set(prefix, count)
    return `${prefix}_${count}`
  }
}
