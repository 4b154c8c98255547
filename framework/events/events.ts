/** Events and their deliveries, for operators. */
import { sql } from 'kysely'
import { type Database, isoTime } from '../database.ts'
import { Problem } from '../problem.ts'
import type { ChangeEvent } from '../workflow/event.ts'
import { type Dispatcher, deliveryId, type EventRow, startSubscriber } from './dispatch.ts'

export type DeliveryState = 'running' | 'done' | 'waiting' | 'dead'

/** One event for one subscriber. */
export interface Delivery {
  subscriber: string
  /** `waiting` for the next attempt; `dead` if there is none unless an operator replays the event. */
  state: DeliveryState
  workflow_id: string
  attempts: number
  started_at: string
  finished_at: string | null
  next_attempt_at: string | null
  error: { type: string; message: string } | null
}

export interface ListedEvent extends ChangeEvent {
  actor: string
  workflow_id: string
  run_id: string
  /** Null only while a subscriber waits to be started. */
  dispatched_at: string | null
  deliveries: Delivery[]
}

export interface EventFilter {
  name?: string[]
  workflow_id?: string
  /** Only events with a delivery in one of these states. */
  state?: DeliveryState[]
  limit: number
  offset: number
}

const iso = (column: string) => isoTime(sql.ref(column))

/** Newest first. */
export async function listEvents(
  db: Database,
  { name, workflow_id, state, limit, offset }: EventFilter,
): Promise<{ rows: ListedEvent[]; count: number }> {
  const where = sql.join(
    [
      sql`true`,
      ...(name ? [sql`e.name = any(${name})`] : []),
      ...(workflow_id ? [sql`e.workflow_id = ${workflow_id}`] : []),
      ...(state ? [sql`exists (select from deliveries d where d.event_id = e.id and d.state = any(${state}))`] : []),
    ],
    sql` and `,
  )
  const { rows } = await sql<{ rows: ListedEvent[]; count: number }>`
    with deliveries as (
      select *, case when finished_at is null then 'running' when failure is null then 'done'
        when next_attempt_at is not null then 'waiting' else 'dead' end as state from turri.delivery)
    select (select count(*)::int from turri.event e where ${where}) as count, coalesce((select json_agg(page) from (
      select e.id, e.name, e.data, ${iso('e.at')} as at, e.actor, e.workflow_id, e.run_id,
        ${iso('e.dispatched_at')} as dispatched_at, coalesce((select json_agg(json_build_object('subscriber', d.subscriber, 'state', d.state,
        'workflow_id', d.workflow_id, 'attempts', d.attempts, 'started_at', ${iso('d.started_at')},
        'finished_at', ${iso('d.finished_at')}, 'next_attempt_at', ${iso('d.next_attempt_at')}, 'error', d.failure)
        order by d.subscriber)
        from deliveries d where d.event_id = e.id), '[]') as deliveries
      from turri.event e where ${where} order by e.id desc limit ${limit} offset ${offset}) page), '[]') as rows`.execute(
    db,
  )
  return rows[0]!
}

/**
 * Starts the subscribers of an event once more, except those that are running.
 *
 * @returns the ids of their workflows.
 * @throws Problem `not_found` if the event does not exist or has no such subscriber.
 */
export async function replayEvent(dispatcher: Dispatcher, id: string, subscriber?: string): Promise<string[]> {
  const { db, subscriptions } = dispatcher
  const { rows } = await sql<EventRow>`select id, name, data, at, actor from turri.event where id = ${id}`.execute(db)
  const [event] = rows
  if (!event) throw new Problem('not_found', `Event with id: ${id} was not found`)
  const names = subscriptions(event.name).filter((name) => subscriber === undefined || name === subscriber)
  if (names.length === 0) throw new Problem('not_found', `No subscriber ${subscriber ?? ''} waits for ${event.name}`)
  const started: string[] = []
  for (const name of names) {
    await sql`
      insert into turri.delivery as d (event_id, subscriber, workflow_id)
      values (${id}, ${name}, ${deliveryId({ event: id, subscriber: name })})
      on conflict (event_id, subscriber) do update set attempts = d.attempts + 1, started_at = clock_timestamp(),
        finished_at = null, failure = null, next_attempt_at = null
      where d.finished_at is not null`.execute(db)
    started.push((await startSubscriber(dispatcher, event, name, true)).id)
  }
  return started
}
