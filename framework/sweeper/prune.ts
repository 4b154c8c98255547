/** Forgets receipts, journal and events that are old enough; what still goes on is kept. */
import { sql } from 'kysely'
import type { AnyTransaction } from '../model/repository.ts'
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
      await forget(
        trx,
        'journal',
        sql`at < ${before.toISOString()} and coalesce(receipt not in (
        select id from turri.receipt where workflow_id || '/' || run_id = any(${open})), true)`,
      ),
      await forget(
        trx,
        'receipt',
        sql`created_at < ${before.toISOString()} and workflow_id || '/' || run_id <> all(${open})
        and not exists (select from turri.journal j where j.receipt = receipt.id)`,
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
        sql`created_at < ${before.toISOString()} and workflow_id || '/' || run_id <> all(${open})`,
      ),
      await forget(trx, 'undo_conflict', sql`settled_at < ${before.toISOString()}`),
      await forget(trx, 'lost_run', sql`settled_at < ${before.toISOString()}`),
    ]
    return { rows: counts.reduce((sum, count) => sum + count, 0), more: counts.some((count) => count === AT_ONCE) }
  })
}

async function forget(trx: AnyTransaction, table: string, where: ReturnType<typeof sql>): Promise<number> {
  const { rows } = await sql`
    with old as (select ctid from ${sql.id('turri', table)} as ${sql.id(table)} where ${where} limit ${AT_ONCE})
    delete from ${sql.id('turri', table)} where ctid in (select ctid from old) returning 1`.execute(trx)
  return rows.length
}
