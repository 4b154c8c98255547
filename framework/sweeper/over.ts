/** Whether it is decided what becomes of a run's effects. */
import { sql } from 'kysely'
import type { RunKey } from '../receipt/tombstone.ts'
import { isLost, lastRunOf } from '../temporal/runs.ts'
import type { Sweeper } from './lost-runs.ts'

/** Whether a run has ended, and, where it was lost, has also been dealt with: be it found by now or not. */
export async function isOver({ db, client }: Pick<Sweeper, 'db' | 'client'>, run: RunKey): Promise<boolean> {
  const last = await lastRunOf(client, run.workflowId, run.runId)
  if (!last) return true // Temporal has forgotten it
  if (!isLost(last)) return last.status !== 'RUNNING'
  const { rows } = await sql`
    select from turri.lost_run
    where workflow_id = ${run.workflowId} and run_id = ${last.runId} and settled_at is not null`.execute(db)
  return rows.length > 0
}
