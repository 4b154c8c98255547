/** Events that nobody has been told of, because the run that wrote them was lost; and subscribers that are to try again. */
import { sql } from 'kysely'
import { type Dispatcher, dispatchEvents, type EventRow, startSubscriber } from '../events/dispatch.ts'
import { isOver } from './over.ts'

/** A change sends out its own events; so long after them it is looked whether it could. */
const GRACE = '30 seconds'
const AT_ONCE = 200

/** Sends out events whose run has ended and stands. @returns how many. */
export async function dispatchLeftEvents(dispatcher: Dispatcher): Promise<number> {
  const { rows } = await sql<EventRow & { workflow_id: string; run_id: string }>`
    select e.id, e.name, e.data, e.at, e.actor, e.workflow_id, e.run_id from turri.event e
    where e.dispatched_at is null and e.at < clock_timestamp() - ${GRACE}::interval
      and not exists (select from turri.take_back t where t.workflow_id = e.workflow_id and t.run_id = e.run_id)
      and not exists (select from turri.lost_run l where l.workflow_id = e.workflow_id and l.first_run_id = e.run_id
        and l.settled_at is null)
    order by e.at limit ${AT_ONCE}`.execute(dispatcher.db)
  const over = new Map<string, boolean>()
  const left: EventRow[] = []
  for (const { workflow_id, run_id, ...event } of rows) {
    if (!over.has(run_id)) over.set(run_id, await isOver(dispatcher, { workflowId: workflow_id, runId: run_id }))
    if (over.get(run_id)) left.push(event)
  }
  await dispatchEvents(dispatcher, left)
  return left.length
}

/** Where starting fails, it is tried again after this. */
const RESTART_AFTER = '2 minutes'

/** Starts subscribers again whose time has come. @returns how many. */
export async function retryDeliveries(dispatcher: Dispatcher): Promise<number> {
  const { db } = dispatcher
  const { rows } = await sql<EventRow & { subscriber: string; guard: string }>`
    update turri.delivery d set attempts = attempts + 1, finished_at = null,
      next_attempt_at = clock_timestamp() + ${RESTART_AFTER}::interval
    from turri.event e
    where e.id = d.event_id and (d.event_id, d.subscriber) in (
      select event_id, subscriber from turri.delivery where next_attempt_at < clock_timestamp()
      order by next_attempt_at limit ${AT_ONCE} for update skip locked)
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
