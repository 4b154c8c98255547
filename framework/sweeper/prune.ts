/** Deletes old receipts, journal entries and events, except those of open runs. */
import { sql } from 'kysely'
import type { AnyTransaction } from '../database.ts'
import { openRunsBefore } from '../temporal/runs.ts'
import type { Sweeper } from './lost-runs.ts'

const DAY_MS = 86_400_000
/** The most rows of each table that one transaction deletes. */
const BATCH_SIZE = 5000

/** @param keepDays at least Temporal's retention, because both are needed to answer a repeated request. */
export async function prune(
  { db, client, taskQueue }: Sweeper,
  keepDays: number,
): Promise<{ rows: number; more: boolean }> {
  const before = new Date(Date.now() - keepDays * DAY_MS)
  const open = await openRunsBefore(client, taskQueue, before)
  return db.transaction().execute(async (trx) => {
    const counts = [
      await deleteRuns(trx, before, open),
      await deleteOld(
        trx,
        'journal',
        sql`at < ${before.toISOString()} and not exists (select from turri.receipt r where r.id = journal.receipt)
        and not exists (select from turri.undo_conflict c
          where c.settled_at is null and c.row_id = journal.row_id and c.entity = journal.entity)`,
      ),
      await deleteOld(
        trx,
        'event',
        sql`at < ${before.toISOString()} and dispatched_at is not null and not exists (
        select from turri.delivery d where d.event_id = event.id and d.finished_at is null)`,
      ),
      await deleteOld(
        trx,
        'take_back',
        sql`created_at < ${before.toISOString()} and workflow_id || '/' || run_id <> all(${open}) and not exists (
        select from turri.receipt r where r.workflow_id = take_back.workflow_id and r.run_id = take_back.run_id)`,
      ),
      await deleteOld(trx, 'undo_conflict', sql`settled_at < ${before.toISOString()}`),
      await deleteOld(trx, 'lost_run', sql`settled_at < ${before.toISOString()}`),
    ]
    return { rows: counts.reduce((sum, count) => sum + count, 0), more: counts.some((count) => count >= BATCH_SIZE) }
  })
}

/**
 * Deletes the receipts of whole runs, so that none can be undone by half; their journal entries follow. A run is kept while it is open,
 * while one of its steps is recent, while it is lost and not settled, and if it has written a row with an open undo conflict: retrying
 * the conflict needs to know who has built on the row.
 */
async function deleteRuns(trx: AnyTransaction, before: Date, open: string[]): Promise<number> {
  const { rows } = await sql`
    with needed as (
      select r.workflow_id, r.run_id from turri.undo_conflict c
      join turri.journal j on j.row_id = c.row_id and j.entity = c.entity join turri.receipt r on r.id = j.receipt
      where c.settled_at is null
      union all select workflow_id, first_run_id from turri.lost_run where settled_at is null),
    old as (
      select workflow_id, run_id from turri.receipt r
      where created_at < ${before.toISOString()} and workflow_id || '/' || run_id <> all(${open})
        and (workflow_id, run_id) not in (select workflow_id, run_id from needed)
        and not exists (select from turri.receipt young where young.workflow_id = r.workflow_id
          and young.run_id = r.run_id and young.created_at >= ${before.toISOString()})
      limit ${BATCH_SIZE})
    delete from turri.receipt where (workflow_id, run_id) in (select workflow_id, run_id from old) returning 1`.execute(
    trx,
  )
  return rows.length
}

async function deleteOld(trx: AnyTransaction, table: string, where: ReturnType<typeof sql>): Promise<number> {
  const { rows } = await sql`
    with old as (select ctid from ${sql.id('turri', table)} as ${sql.id(table)} where ${where} limit ${BATCH_SIZE})
    delete from ${sql.id('turri', table)} where ctid in (select ctid from old) returning 1`.execute(trx)
  return rows.length
}
