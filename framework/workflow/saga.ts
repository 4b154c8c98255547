/** Sagas: all of a change, or none of it. */
import { currentRunState, isPart, type RegisteredUndo, type RunState, runAsPart, withUndo } from './branch.ts'
import { isContinueAsNew } from './failure.ts'
import { undoEffects } from './undo.ts'

export interface Saga {
  /**
   * Calls `act`. The journal undoes what it writes to our own tables; pass `undo` for its effects on external systems. The undo is
   * registered before `act` runs, because an act that fails by a timeout may have happened all the same. So it must also work if
   * nothing happened. With an `undo`, the journal does not undo the rows of this act.
   */
  step<T>(act: () => Promise<T>, undo?: () => Promise<unknown>): Promise<T>
}

/**
 * Runs `fn`. If it fails or is cancelled, all effects of the run are undone, last first, and the failure is rethrown. If it succeeds,
 * its effects are final, and everything after it must succeed.
 *
 * A workflow has one saga: a nested one is the same saga, and parallel ones complete together with the last of them. After a failure
 * no step of the run has an effect: a late attempt of a worker that was thought dead finds the tombstone and does nothing, and
 * external effects are undone only after requests that may still be running have timed out.
 *
 * A workflow without a saga is undone as well if it fails. Use a saga to undo external effects, or to continue after a failure or
 * after the point of no return.
 *
 * @throws the error of `fn`, or a fault `UNDO_FAILED` if an undo has a bug.
 */
export async function withSaga<T>(fn: (saga: Saga) => Promise<T>): Promise<T> {
  const runState = currentRunState()
  const acts: Promise<unknown>[] = []
  const saga: Saga = {
    step: (act, undo) => {
      const acting = partSaga.step(act, undo)
      acts.push(acting)
      return acting
    },
  }
  if (isPart()) return fn(saga)
  if (runState.saga && !isOpen(runState)) {
    throw new Error('A workflow has one saga: combine its steps into one withSaga')
  }
  runState.saga = 'open'
  runState.sagas++
  try {
    const answer = await runAsPart(() => fn(saga))
    runState.sagas--
    if (runState.sagas === 0 && isOpen(runState)) runState.saga = 'completed'
    return answer
  } catch (error) {
    if (isContinueAsNew(error)) throw new Error('A saga cannot continue as new: its undos would be lost')
    await Promise.allSettled(acts)
    if (isOpen(runState)) await undoEffects(error)
    throw error
  }
}

const isOpen = ({ saga }: RunState) => saga === 'open'

/** The saga of a part of a change, such as a hook handler: it registers undos, and the change around it runs them. */
export const partSaga: Saga = { step: (act, undo) => (undo ? withUndo(registerUndo(undo), act) : act()) }

function registerUndo(run: () => Promise<unknown>): RegisteredUndo {
  const { undos, begun } = currentRunState()
  const undo: RegisteredUndo = { keys: [], position: begun.length, run }
  undos.push(undo)
  return undo
}
