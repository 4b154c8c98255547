/** All of a change, or none of it. */
import { asPart, currentRunState, inAct, isPart, type NotedUndo, type RunState } from './branch.ts'
import { isContinueAsNew } from './failure.ts'
import { undoEffects } from './undo.ts'

export interface Saga {
  /**
   * Does `act`. What it writes to our own tables is taken back by the journal; for what it does to the outside world give the
   * `undo`, which is noted before: an act that fails by a timeout may have happened all the same, so the undo has to cope
   * with an act that never was. Where an undo is given, the journal leaves that act's rows to it.
   */
  step<T>(act: () => Promise<T>, undo?: () => Promise<unknown>): Promise<T>
}

/**
 * Runs `fn`; when it fails or is cancelled, everything that the run did is taken back, last first, and the failure goes on.
 * When it succeeds, its effects stand: what comes after it must succeed.
 *
 * One saga a workflow; a saga within it is the same one, and sagas side by side stand when the last of them has succeeded. After
 * it has failed, no step of that run acts any more: a late attempt of a worker that was thought dead finds the tombstone and does
 * nothing, and a request that may still be under way is waited out before anything outside is undone.
 *
 * A workflow without a saga is taken back as well when it fails: write one where something outside is to be undone, or where
 * the workflow goes on after a failure or after the point of no return.
 *
 * @throws what `fn` threw, or a fault `UNDO_FAILED` when an undo has a bug of its own.
 */
export async function withSaga<T>(fn: (saga: Saga) => Promise<T>): Promise<T> {
  const runState = currentRunState()
  const acts: Promise<unknown>[] = []
  const saga: Saga = {
    step: (act, undo) => {
      const acting = noted.step(act, undo)
      acts.push(acting)
      return acting
    },
  }
  if (isPart()) return fn(saga)
  if (runState.saga && !isOpen(runState)) {
    throw new Error('A workflow has one saga: put what has to stand together into one withSaga')
  }
  runState.saga = 'open'
  runState.sagas++
  try {
    const answer = await asPart(() => fn(saga))
    runState.sagas--
    if (runState.sagas === 0 && isOpen(runState)) runState.saga = 'stands'
    return answer
  } catch (error) {
    if (isContinueAsNew(error)) throw new Error('A saga cannot continue as new: its undos would be lost')
    await Promise.allSettled(acts)
    if (isOpen(runState)) await undoEffects(error)
    throw error
  }
}

const isOpen = ({ saga }: RunState) => saga === 'open'

/** For a part of a change that does not know whether there is a saga around it: its undos are the run's. */
export const noted: Saga = { step: (act, undo) => (undo ? inAct(note(undo), act) : act()) }

function note(undo: () => Promise<unknown>): NotedUndo {
  const { undos, begun } = currentRunState()
  const one: NotedUndo = { keys: [], position: begun.length, run: undo }
  undos.push(one)
  return one
}
