/** The progress of a long change. */
import { defineQuery, setCurrentDetails, setHandler } from '@temporalio/workflow'

const progress = defineQuery<unknown>('progress')

/**
 * Shows the progress of the change in Temporal's user interface and in the execution over HTTP. Adds no event to the history.
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
