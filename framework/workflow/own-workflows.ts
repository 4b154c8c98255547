/** The framework's own workflows: what operators ask for. Part of every project's catalogue. */
import { own } from './steps.ts'

export interface UndoChangeInput {
  workflowId: string
  /** The first run of its chain. */
  runId: string
}

/** Takes back a finished change that touched only our own rows and that nobody has built on; refuses with the reasons. */
export async function undoChange(run: UndoChangeInput): Promise<{ rows: number }> {
  return own.undoRun(run)
}

/** One undo of a change at a time. */
undoChange.subject = ({ workflowId, runId }: UndoChangeInput) => `${workflowId}/${runId}`

export interface SettleUndoConflictInput {
  id: string
  /** To take back what was left, or to note that somebody has dealt with it. */
  how: 'retry' | 'dismiss'
}

/** Deals with what could not be taken back. */
export async function settleUndoConflict({ id, how }: SettleUndoConflictInput): Promise<void> {
  await own.settleConflict(id, how)
}
