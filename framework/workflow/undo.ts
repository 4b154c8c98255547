/** Undoes the effects of a run, last first: its rows by the journal, external effects by the registered undos. */
import { ApplicationFailure, CancellationScope, sleep, upsertMemo, workflowInfo } from '@temporalio/workflow'
import { currentRunState, inBranch, inUndo, type RegisteredUndo } from './branch.ts'
import { problemOf, reasonOf } from './failure.ts'
import type { ChangeMemo, StoredFailure } from './step.ts'
import { frameworkSteps } from './steps.ts'

/**
 * Undoes all effects of the run since its last completed saga. Cancelling does not interrupt it.
 *
 * @throws a fault `UNDO_FAILED` if a registered undo has a bug.
 */
export async function undoEffects(error: unknown): Promise<void> {
  currentRunState().saga = 'undone'
  await CancellationScope.nonCancellable(() => inUndo(() => undoAll(error)))
}

async function undoAll(error: unknown): Promise<void> {
  upsertMemo({ state: 'compensating' })
  const { begun, writes, undos } = currentRunState()
  const problem = problemOf(error)
  const failure: StoredFailure = { ...reasonOf(error), ...(problem && { problem }) }
  const keysWithUndo = new Set(undos.flatMap(({ keys }) => keys))
  const writesFrom = (position: number) => undoByJournal(failure, [...begun.slice(0, position), ...keysWithUndo])
  const failures: unknown[] = []

  const first = await writesFrom(undos.at(-1)?.position ?? 0)
  let { conflicts } = first
  if (undos.length > 0 && first.waitMs > 0) await sleep(first.waitMs)
  for (const [index, undo] of [...undos.entries()].reverse()) {
    await inBranch(branchNameOf(undo), undo.run).catch((failed) => failures.push(failed))
    const next = undos[index - 1]?.position ?? 0
    if (begun.slice(next, undo.position).some((key) => writes.has(key) && !keysWithUndo.has(key))) {
      conflicts = (await writesFrom(next)).conflicts
    }
  }
  upsertMemo({ state: 'reverted', ...(conflicts > 0 && { conflicts }) })
  if (failures.length > 0) throw undoFailed(failures, error)
}

/** @returns how long a request may still be running, and how many undo conflicts there are. */
async function undoByJournal(failure: StoredFailure, keep: string[]): Promise<{ waitMs: number; conflicts: number }> {
  const { generation } = currentRunState()
  const { standsBelow = 0 } = (workflowInfo().memo ?? {}) as ChangeMemo
  for (let waitMs = 0; ; ) {
    const { more, conflicts, waitMs: now } = await frameworkSteps.takeBack(failure, { generation, keep, standsBelow })
    waitMs = Math.max(waitMs, now)
    if (!more) return { waitMs, conflicts }
  }
}

function branchNameOf({ keys, position }: RegisteredUndo): string {
  return keys[0] ?? String(position)
}

function undoFailed(failures: unknown[], error: unknown): ApplicationFailure {
  const reasons = failures.map((failure) => reasonOf(failure).message).join('; ')
  const message = `${failures.length} undo(s) failed: ${reasons}. The change had failed with: ${reasonOf(error).message}`
  return ApplicationFailure.create({ type: 'UNDO_FAILED', message, nonRetryable: true })
}
