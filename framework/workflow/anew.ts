/** Changes that are decided on what was read before, in steps of their own. */
import { CHANGED_MEANWHILE } from '../problem.ts'
import { problemOf } from './failure.ts'

const ATTEMPTS = 5

/**
 * Reads and decides once more where what was read has changed by the time it is written: the step that writes looks at it again under
 * its lock, and refuses with `changedMeanwhile`. Events are emitted by the attempt: those of a refused step are gone with it.
 *
 * @example await anew(async () => { const parts = await partsOf(id); await write.deleteWith(id, parts) })
 */
export async function anew<T>(attempt: () => Promise<T>): Promise<T> {
  for (let n = 1; ; n++) {
    try {
      return await attempt()
    } catch (error) {
      if (n === ATTEMPTS || problemOf(error)?.code !== CHANGED_MEANWHILE) throw error
    }
  }
}
