/**
 * Starts one workflow for each subscriber of an event, exactly once: the workflow's id consists of the event's id and the subscriber's
 * name, and Temporal accepts an id once. Started deliveries are also recorded here, so that this holds after Temporal's retention.
 */
import { type Client, WorkflowExecutionAlreadyStartedError, WorkflowIdReusePolicy } from '@temporalio/client'
import { sql } from 'kysely'
import type { Database } from '../database.ts'
import { asActor } from '../temporal/client.ts'
import { kebab, WORKFLOW_TASK_TIMEOUT } from '../workflow/change.ts'
import type { ChangeEvent } from '../workflow/event.ts'
import type { ChangeMemo, DeliveryKey, StepHeader, StoredFailure } from '../workflow/step.ts'
import type { Subscriptions } from './subscriptions.ts'

export interface Dispatcher {
  db: Database
  client: Client
  taskQueue: string
  subscriptions: Subscriptions
}

export interface EventRow extends ChangeEvent {
  actor: string
}

/** Starts the subscribers of the run's events. */
export async function dispatchRun(dispatcher: Dispatcher, { workflowId, runId }: StepHeader): Promise<void> {
  const { rows } = await sql<EventRow>`
    select id, name, data, at, actor from turri.event
    where workflow_id = ${workflowId} and run_id = ${runId} and dispatched_at is null order by id`.execute(
    dispatcher.db,
  )
  await dispatchEvents(dispatcher, rows)
}

const BATCH_SIZE = 20

/** Safe to repeat, also concurrently: a subscriber is not started twice. */
export async function dispatchEvents(dispatcher: Dispatcher, events: EventRow[]): Promise<void> {
  for (let at = 0; at < events.length; at += BATCH_SIZE) {
    const page = events.slice(at, at + BATCH_SIZE)
    const started = await Promise.all(
      page.flatMap((event) =>
        dispatcher.subscriptions(event.name).map((subscriber) => startSubscriber(dispatcher, event, subscriber)),
      ),
    )
    await sql`
      insert into turri.delivery (event_id, subscriber, workflow_id)
      select event, subscriber, id from json_to_recordset(${JSON.stringify(started)}::json)
        as d(event text, subscriber text, id text)
      on conflict do nothing`.execute(dispatcher.db)
    await sql`
      update turri.event set dispatched_at = clock_timestamp() where id = any(${page.map(({ id }) => id)})`.execute(
      dispatcher.db,
    )
  }
}

/** The id of a subscriber's workflow, for example `add-pages-of-new-brands/evt_01…`. */
export function deliveryId({ event, subscriber }: DeliveryKey): string {
  return `${kebab(subscriber)}/${event}`
}

/**
 * @param again starts the subscriber also if its workflow has ended.
 * @returns the delivery and the id of its workflow.
 */
export async function startSubscriber(
  { client, taskQueue }: Dispatcher,
  { actor, ...event }: EventRow,
  subscriber: string,
  again = false,
): Promise<DeliveryKey & { id: string }> {
  const delivery: DeliveryKey = { event: event.id, subscriber }
  const id = deliveryId(delivery)
  const policy = again ? WorkflowIdReusePolicy.ALLOW_DUPLICATE : WorkflowIdReusePolicy.REJECT_DUPLICATE
  try {
    await asActor(actor, () =>
      client.workflow.start(subscriber, {
        taskQueue,
        workflowId: id,
        args: [event],
        memo: { delivery } satisfies ChangeMemo,
        workflowTaskTimeout: WORKFLOW_TASK_TIMEOUT,
        workflowIdReusePolicy: policy,
      }),
    )
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error
  }
  return { ...delivery, id }
}

/** The delays before a failed subscriber is started again, in seconds; after the last it waits for an operator. */
const RETRY_AFTER_S = [60, 300, 1800, 7200, 21_600]

/** Records how a subscriber's run ended. A refusal is final, because it would be refused again; other failures are retried later. */
export async function settleDelivery(
  db: Database,
  delivery: DeliveryKey,
  failure: StoredFailure | null,
): Promise<void> {
  const problem = failure?.problem as { type: string } | undefined
  const isFinal = !failure || failure.type === 'CancelledFailure' || (problem && problem.type !== 'unavailable')
  const delays = isFinal ? [] : RETRY_AFTER_S
  await sql`
    insert into turri.delivery as d (event_id, subscriber, workflow_id, finished_at, failure, next_attempt_at)
    values (${delivery.event}, ${delivery.subscriber}, ${deliveryId(delivery)}, clock_timestamp(),
      ${failure && JSON.stringify(failure)}::json, clock_timestamp() + (${delays}::int[])[1] * interval '1 s')
    on conflict (event_id, subscriber) do update set finished_at = excluded.finished_at, failure = excluded.failure,
      next_attempt_at = clock_timestamp() + (${delays}::int[])[d.attempts] * interval '1 s'`.execute(db)
}
