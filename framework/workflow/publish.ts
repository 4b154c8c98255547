/** Events that are published without a write, and the dispatch of all events at the end of a change. */
import { CancellationScope } from '@temporalio/workflow'
import { type Events, unwrapAnswer } from './event.ts'
import { frameworkSteps } from './steps.ts'

/**
 * Publishes events in a step of their own, for what happened outside our database. To publish events with a write, pass it
 * `{ emits }` instead. Subscribers run once the change is complete, and never if it is undone.
 *
 * @example await emit({ 'catalogue.exported': [{ url }] })
 */
export async function emit(events: Events): Promise<void> {
  unwrapAnswer(await frameworkSteps.publish({ emits: events }))
}

/** Starts the subscribers of the change's events. The change is complete by now, so cancelling does not prevent it. */
export function dispatchPublished(): Promise<void> {
  return CancellationScope.nonCancellable(() => frameworkSteps.dispatch())
}
