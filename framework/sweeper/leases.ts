/** Releases leases whose owner has ended without releasing them. */
import { sql } from 'kysely'
import type { AnyTransaction, Database } from '../database.ts'
import type { Module } from '../model/module.ts'
import type { RunKey } from '../receipt/tombstone.ts'
import type { Sweeper } from './lost-runs.ts'
import { isRunSettled } from './run-settled.ts'

const BATCH_SIZE = 200

/** Releases the leases of ended runs, except lost runs, whose undo releases theirs. @returns how many rows. */
export async function freeLeases(sweeper: Sweeper, modules: readonly Module[]): Promise<number> {
  const { db } = sweeper
  let freed = 0
  for (const table of leasedTables(modules)) {
    for (const { leased_by } of await holders(db, table)) {
      const slash = leased_by.lastIndexOf('/')
      const run: RunKey = { workflowId: leased_by.slice(0, slash), runId: leased_by.slice(slash + 1) }
      if (!(await isRunSettled(sweeper, run))) continue
      freed += await db.transaction().execute((trx) => free(trx, table, leased_by))
    }
  }
  return freed
}

function leasedTables(modules: readonly Module[]): string[][] {
  return modules.flatMap(({ name, models }) =>
    Object.values(models)
      .filter((model) => Object.values(model.columns).some(({ isLease }) => isLease))
      .map((model) => [name, model.table]),
  )
}

/** In random order, so that owners that run for days do not block others. */
async function holders(db: Database, table: string[]): Promise<{ leased_by: string }[]> {
  const { rows } = await sql<{ leased_by: string }>`
    select leased_by from ${sql.id(...table)} t where leased_by is not null and not exists (
      select from turri.lost_run l where l.workflow_id || '/' || l.first_run_id = t.leased_by and l.settled_at is null)
    group by leased_by order by random() limit ${BATCH_SIZE}`.execute(db)
  return rows
}

async function free(trx: AnyTransaction, table: string[], holder: string): Promise<number> {
  const { rows } = await sql`
    update ${sql.id(...table)} set leased_by = null where leased_by = ${holder} returning 1`.execute(trx)
  return rows.length
}
