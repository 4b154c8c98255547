/** Events that no write takes along, and what becomes of all of a change's events at its end. */
import { CancellationScope } from '@temporalio/workflow'
import { answerOf, type Events } from './event.ts'
import { own } from './steps.ts'

/**
 * Writes events in a step of their own, for what happened elsewhere than in our database; a write takes its events along
 * (`{ emits }`). Subscribers hear of them once the change is complete, and never where it is undone.
 *
 * @example await emit({ 'catalogue.exported': [{ url }] })
 */
export async function emit(events: Events): Promise<void> {
  answerOf(await own.publish({ emits: events }))
}

/** Starts the subscribers of the change's events: it stands by now, so cancelling does not keep them from it. */
export function dispatchPublished(): Promise<void> {
  return CancellationScope.nonCancellable(() => own.dispatch())
}
