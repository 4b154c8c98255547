/** All of a change, or none of it. */
import { ApplicationFailure, CancellationScope, sleep, upsertMemo } from '@temporalio/workflow'
import { firstStepOf, inBranch, inUndo } from './branch.ts'
import { problemOf, reasonOf } from './failure.ts'
import { own } from './steps.ts'

export interface Saga {
  /**
   * Does `act`, having noted `undo` before: an act that fails by a timeout may have happened all the same, so `undo` has to
   * cope with an act that never was.
   */
  step<T>(act: () => Promise<T>, undo: () => Promise<unknown>): Promise<T>
}

/**
 * Runs `fn`; when it fails or is cancelled, everything that its steps did is taken back, last first, and the failure goes on.
 *
 * One saga a workflow: after it has failed, no step of that run acts any more. A late attempt of a worker that was thought dead
 * finds the tombstone and does nothing; a request that may still be under way is waited out before anything is undone.
 *
 * @throws what `fn` threw, or a fault `UNDO_FAILED` when an undo has a bug of its own.
 */
export async function withSaga<T>(fn: (saga: Saga) => Promise<T>): Promise<T> {
  const undos: Undo[] = []
  const acts: Promise<unknown>[] = []
  const saga: Saga = {
    step: (act, undo) => {
      const noted: Undo = { of: String(undos.length), run: undo }
      undos.push(noted)
      const { acting, key } = firstStepOf(act)
      noted.of = key ?? noted.of
      acts.push(acting)
      return acting
    },
  }
  try {
    return await fn(saga)
  } catch (error) {
    await CancellationScope.nonCancellable(() => inUndo(() => takeBack(error, acts, undos)))
    throw error
  }
}

interface Undo {
  /** The step that it takes back. */
  of: string
  run: () => Promise<unknown>
}

async function takeBack(error: unknown, acts: Promise<unknown>[], undos: Undo[]): Promise<void> {
  await Promise.allSettled(acts)
  upsertMemo({ state: 'compensating' })
  const problem = problemOf(error)
  const { waitMs } = await own.takeBack({ ...reasonOf(error), ...(problem && { problem }) })
  if (waitMs > 0) await sleep(waitMs)
  const failures: unknown[] = []
  for (const { of, run } of undos.reverse()) {
    await inBranch(of, run).catch((failure) => failures.push(failure))
  }
  upsertMemo({ state: 'reverted' })
  if (failures.length > 0) throw undoFailed(failures, error)
}

function undoFailed(failures: unknown[], error: unknown): ApplicationFailure {
  const reasons = failures.map((failure) => reasonOf(failure).message).join('; ')
  const message = `${failures.length} undo(s) failed: ${reasons}. The change had failed with: ${reasonOf(error).message}`
  return ApplicationFailure.create({ type: 'UNDO_FAILED', message, nonRetryable: true })
}
