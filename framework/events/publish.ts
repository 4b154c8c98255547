/** Stores events in the transaction of their change. */
import { sql } from 'kysely'
import type { AnyTransaction } from '../database.ts'
import { pipelined } from '../postgres/statement.ts'
import type { NewEvent } from '../workflow/event.ts'
import type { StepHeader } from '../workflow/step.ts'
import type { Subscriptions } from './subscriptions.ts'

/** @returns whether any of the events has a subscriber. */
export async function publishEvents(
  trx: AnyTransaction,
  { workflowId, runId, actor }: StepHeader,
  events: NewEvent[],
  subscriptions: Subscriptions,
): Promise<boolean> {
  const rows = events.map((event) => ({ ...event, awaited: subscriptions(event.name).length > 0 }))
  await pipelined(sql`
    insert into turri.event (id, name, data, actor, workflow_id, run_id, dispatched_at)
    select id, name, data, ${actor}, ${workflowId}, ${runId}, case when not awaited then now() end
    from json_to_recordset(${JSON.stringify(rows)}::json) as e(id text, name text, data json, awaited boolean)`).execute(
    trx,
  )
  return rows.some(({ awaited }) => awaited)
}
