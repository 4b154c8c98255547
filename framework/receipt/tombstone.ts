/** The lock of a run, and its tombstone: what keeps acts and a taking back apart. */
import { sql } from 'kysely'
import type { AnyDatabase } from '../database.ts'
import type { AnyTransaction } from '../model/repository.ts'
import { pipelined } from '../postgres/statement.ts'
import type { TakenBack } from '../workflow/steps.ts'

/** A run as our records know it: the first of its chain. */
export interface RunKey {
  workflowId: string
  runId: string
}

/** Until the transaction ends. Acts share it; who takes the run back has it alone. */
export async function lockRun(trx: AnyTransaction, run: RunKey, mode: 'shared' | 'alone'): Promise<void> {
  const take = sql.raw(mode === 'alone' ? 'pg_advisory_xact_lock' : 'pg_advisory_xact_lock_shared')
  await pipelined(sql`select ${take}(hashtextextended(${`${run.workflowId}/${run.runId}`}, 0))`).execute(trx)
}

/** After it no act of the run has an effect; the first reason stays. Wants the lock alone. */
export async function leaveTombstone(trx: AnyTransaction, run: RunKey, failure: TakenBack): Promise<void> {
  await sql`
    insert into turri.take_back (workflow_id, run_id, failure)
    values (${run.workflowId}, ${run.runId}, ${JSON.stringify(failure)}::jsonb)
    on conflict do nothing`.execute(trx)
}

/** Why the run is taken back; undefined where it is not. */
export async function tombstoneOf(db: AnyDatabase, run: RunKey): Promise<TakenBack | undefined> {
  const { rows } = await sql<{ failure: TakenBack }>`
    select failure from turri.take_back where ${ofRun(run)}`.execute(db)
  return rows[0]?.failure
}

/** The condition that a record is of this run. */
export const ofRun = ({ workflowId, runId }: RunKey) => sql`workflow_id = ${workflowId} and run_id = ${runId}`
