import { sleep } from '@temporalio/workflow'
import { each, Problem, showProgress, steps, withSaga } from '../../../framework/workflow/index.ts'
import type { TellerActivities } from './module.ts'

export * from '../../../workflows/index.ts'

const { write, call, undo } = steps<TellerActivities>()

/** Local and normal activities, because histories store them differently. */
export type End =
  | 'done'
  | 'refused by the workflow'
  | 'refused here'
  | 'refused outside'
  | 'a bug in the workflow'
  | 'a bug here'
  | 'a bug outside'

export interface Telling {
  text: string
  end: End
}

/** Puts a text wherever a change can put one that Temporal stores. */
export async function tellEverywhere({ text, end }: Telling): Promise<{ said: string }> {
  await withSaga(async (saga) => {
    await saga.step(
      () => call.tellOutside(text),
      () => undo.untell(text),
    )
    const inBranch = () => write.tellHere(text)
    await each([text], (name) => name, inBranch) // the branch is in the step's key: a summary
    showProgress({ text })
    if (end === 'refused by the workflow') throw new Problem('not_allowed', text, 'TOLD')
    if (end === 'refused here') await write.refuseHere(text)
    if (end === 'refused outside') await call.refuseOutside(text)
    if (end === 'a bug in the workflow') throw new Error(text)
    if (end === 'a bug here') await write.stumbleHere(text)
    if (end === 'a bug outside') await call.stumbleOutside(text)
  })
  return { said: text }
}

/** Puts a text, waits, and puts it again, for keys that change meanwhile. */
export async function tellSlowly({ text, ms }: { text: string; ms: number }): Promise<string[]> {
  const first = await call.tellOutside(text)
  await sleep(ms)
  const second = await write.tellHere(text)
  return [first.said, second.said]
}
