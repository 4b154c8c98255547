/** What becomes of a change's events at its end. */
import { CancellationScope } from '@temporalio/workflow'
import { currentRunState } from './branch.ts'
import { answerOf, leftEvents } from './event.ts'
import { own } from './steps.ts'

/** Writes the events that no write took along. */
export async function publishLeft(): Promise<void> {
  const turriEvents = leftEvents()
  if (turriEvents.length === 0) return
  const publish = async () => void answerOf(await own.publish({ turriEvents }))
  if (currentRunState().saga === 'stands') await CancellationScope.nonCancellable(publish)
  else await publish()
}

/** Starts whoever waits for them; the change stands by now, so nothing can keep them from it. */
export function dispatchPublished(): Promise<void> {
  return CancellationScope.nonCancellable(() => own.dispatch())
}
