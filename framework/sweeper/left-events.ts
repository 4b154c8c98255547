/** Dispatches events whose run ended before it could, and starts subscribers again whose next attempt is due. */
import { sql } from 'kysely'
import type { Database } from '../database.ts'
import { type Dispatcher, dispatchEvents, type EventRow, startSubscriber } from '../events/dispatch.ts'
import type { RunKey } from '../receipt/tombstone.ts'
import { isRunSettled } from './run-settled.ts'

/** How long a change has to dispatch its own events. */
const GRACE = '30 seconds'
const BATCH_SIZE = 200

/** Dispatches events whose run has ended and is not undone. @returns how many. */
export async function dispatchLeftEvents(dispatcher: Dispatcher): Promise<number> {
  const settled: RunKey[] = []
  for (const run of await runsWithLeftEvents(dispatcher.db)) {
    if (await isRunSettled(dispatcher, run)) settled.push(run)
  }
  const { rows } = await sql<EventRow>`
    select id, name, data, at, actor from turri.event
    where dispatched_at is null and (workflow_id, run_id) in (
      select * from unnest(${settled.map(({ workflowId }) => workflowId)}::text[], ${settled.map(({ runId }) => runId)}::text[]))
    order by at limit ${BATCH_SIZE}`.execute(dispatcher.db)
  await dispatchEvents(dispatcher, rows)
  return rows.length
}

/** In random order, so that runs that take days do not block others. */
async function runsWithLeftEvents(db: Database): Promise<RunKey[]> {
  const { rows } = await sql<RunKey>`
    select workflow_id as "workflowId", run_id as "runId" from turri.event e
    where dispatched_at is null and at < clock_timestamp() - ${GRACE}::interval
      and not exists (select from turri.take_back t where t.workflow_id = e.workflow_id and t.run_id = e.run_id)
      and not exists (select from turri.lost_run l where l.workflow_id = e.workflow_id and l.first_run_id = e.run_id
        and l.settled_at is null)
    group by workflow_id, run_id order by random() limit ${BATCH_SIZE}`.execute(db)
  return rows
}

/** When to try again if starting fails. */
const RESTART_AFTER = '2 minutes'

/** Starts subscribers again whose next attempt is due. @returns how many. */
export async function retryDeliveries(dispatcher: Dispatcher): Promise<number> {
  const { db } = dispatcher
  const { rows } = await sql<EventRow & { subscriber: string; guard: string }>`
    update turri.delivery d set attempts = attempts + 1, finished_at = null,
      next_attempt_at = clock_timestamp() + ${RESTART_AFTER}::interval
    from turri.event e
    where e.id = d.event_id and (d.event_id, d.subscriber) in (
      select event_id, subscriber from turri.delivery where next_attempt_at < clock_timestamp()
      order by next_attempt_at limit ${BATCH_SIZE} for update skip locked)
    returning e.id, e.name, e.data, e.at, e.actor, d.subscriber, d.next_attempt_at::text as guard`.execute(db)
  for (const { subscriber, guard, ...event } of rows) {
    await startSubscriber(dispatcher, event, subscriber, true)
    await sql`
      update turri.delivery set next_attempt_at = null
      where event_id = ${event.id} and subscriber = ${subscriber} and next_attempt_at = ${guard}::timestamptz`.execute(
      db,
    )
  }
  return rows.length
}
