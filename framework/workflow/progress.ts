/** What a long change says about how far it is. */
import { defineQuery, setCurrentDetails, setHandler } from '@temporalio/workflow'

const progress = defineQuery<unknown>('progress')

/**
 * Shows how far the change is: in Temporal's user interface, and in the execution over HTTP. Costs no event.
 *
 * @example showProgress({ brands: 400, added: 12 })
 */
export function showProgress(details: Record<string, number | string>): void {
  const snapshot = { ...details }
  setCurrentDetails(
    Object.entries(snapshot)
      .map(([name, value]) => `${name}: ${value}`)
      .join(', '),
  )
  setHandler(progress, () => snapshot)
}
