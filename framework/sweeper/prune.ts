/** Forgets receipts, journal and events that are old enough; what still goes on is kept. */
import { sql } from 'kysely'
import type { AnyTransaction } from '../database.ts'
import { openRunsBefore } from '../temporal/runs.ts'
import type { Sweeper } from './lost-runs.ts'

const DAY_MS = 86_400_000
/** So many rows of each table in one transaction. */
const AT_ONCE = 5000

/** @param keepDays not less than Temporal keeps runs, as a repeated request is answered by both. */
export async function prune(
  { db, client, taskQueue }: Sweeper,
  keepDays: number,
): Promise<{ rows: number; more: boolean }> {
  const before = new Date(Date.now() - keepDays * DAY_MS)
  const open = await openRunsBefore(client, taskQueue, before)
  return db.transaction().execute(async (trx) => {
    const counts = [
      await forgetRuns(trx, before, open),
      await forget(
        trx,
        'journal',
        sql`at < ${before.toISOString()} and not exists (select from turri.receipt r where r.id = journal.receipt)
        and not exists (select from turri.undo_conflict c
          where c.settled_at is null and c.row_id = journal.row_id and c.entity = journal.entity)`,
      ),
      await forget(
        trx,
        'event',
        sql`at < ${before.toISOString()} and dispatched_at is not null and not exists (
        select from turri.delivery d where d.event_id = event.id and d.finished_at is null)`,
      ),
      await forget(
        trx,
        'take_back',
        sql`created_at < ${before.toISOString()} and workflow_id || '/' || run_id <> all(${open}) and not exists (
        select from turri.receipt r where r.workflow_id = take_back.workflow_id and r.run_id = take_back.run_id)`,
      ),
      await forget(trx, 'undo_conflict', sql`settled_at < ${before.toISOString()}`),
      await forget(trx, 'lost_run', sql`settled_at < ${before.toISOString()}`),
    ]
    return { rows: counts.reduce((sum, count) => sum + count, 0), more: counts.some((count) => count >= AT_ONCE) }
  })
}

/**
 * Forgets the receipts of whole runs, so that none can be taken back by half; what the journal has of them goes after. A run is
 * kept while it goes on, while any of its steps is young, while it is lost and has not been dealt with, and where it has written
 * a row that an open undo conflict is about: who tries that again has to know who has built on it.
 */
async function forgetRuns(trx: AnyTransaction, before: Date, open: string[]): Promise<number> {
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
      limit ${AT_ONCE})
    delete from turri.receipt where (workflow_id, run_id) in (select workflow_id, run_id from old) returning 1`.execute(
    trx,
  )
  return rows.length
}

async function forget(trx: AnyTransaction, table: string, where: ReturnType<typeof sql>): Promise<number> {
  const { rows } = await sql`
    with old as (select ctid from ${sql.id('turri', table)} as ${sql.id(table)} where ${where} limit ${AT_ONCE})
    delete from ${sql.id('turri', table)} where ctid in (select ctid from old) returning 1`.execute(trx)
  return rows.length
}
