/** The lock and the tombstone of a run, which keep its steps and its undoing apart. */
import { sql } from 'kysely'
import type { AnyDatabase, AnyTransaction } from '../database.ts'
import { pipelined } from '../postgres/statement.ts'
import type { StoredFailure } from '../workflow/step.ts'

/** The key of a run in our tables; `runId` is the first run of its chain. */
export interface RunKey {
  workflowId: string
  runId: string
}

/** Locks a run until the transaction ends: `shared` for its steps, `exclusive` for undoing it. */
export async function lockRun(trx: AnyTransaction, run: RunKey, mode: 'shared' | 'exclusive'): Promise<void> {
  const lock = sql.raw(mode === 'exclusive' ? 'pg_advisory_xact_lock' : 'pg_advisory_xact_lock_shared')
  await pipelined(sql`select ${lock}(hashtextextended(${`${run.workflowId}/${run.runId}`}, 0))`).execute(trx)
}

/** From now on no step of the run has an effect. The first failure is kept. Requires the exclusive lock. */
export async function leaveTombstone(trx: AnyTransaction, run: RunKey, failure: StoredFailure): Promise<void> {
  await sql`
    insert into turri.take_back (workflow_id, run_id, failure)
    values (${run.workflowId}, ${run.runId}, ${JSON.stringify(failure)}::jsonb)
    on conflict do nothing`.execute(trx)
}

/** Why the run is undone; undefined if it is not. */
export async function tombstoneOf(db: AnyDatabase, run: RunKey): Promise<StoredFailure | undefined> {
  const { rows } = await sql<{ failure: StoredFailure }>`
    select failure from turri.take_back where ${matchesRun(run)}`.execute(db)
  return rows[0]?.failure
}

/** The SQL condition that a row belongs to this run. */
export const matchesRun = ({ workflowId, runId }: RunKey) => sql`workflow_id = ${workflowId} and run_id = ${runId}`
