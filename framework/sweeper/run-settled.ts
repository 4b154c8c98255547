/** Whether the effects of a run are final or undone. */
import { sql } from 'kysely'
import type { RunKey } from '../receipt/tombstone.ts'
import { isLost, lastRunOf } from '../temporal/runs.ts'
import type { Sweeper } from './lost-runs.ts'

/** Whether a run has ended and, if it was lost, has been undone. */
export async function isRunSettled({ db, client }: Pick<Sweeper, 'db' | 'client'>, run: RunKey): Promise<boolean> {
  const last = await lastRunOf(client, run.workflowId, run.runId)
  if (!last) return true // its retention has ended
  if (!isLost(last)) return last.status !== 'RUNNING'
  const { rows } = await sql`
    select from turri.lost_run
    where workflow_id = ${run.workflowId} and run_id = ${last.runId} and settled_at is not null`.execute(db)
  return rows.length > 0
}
