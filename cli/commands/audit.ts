/** `turri changes`, `turri event`, `turri conflict`: the audit trail. */
import { type Command, Option } from 'commander'
import type { Change } from '../../framework/journal/changes.ts'
import { replayEvent, settleUndoConflict } from '../../framework/workflow/framework-workflows.ts'
import { brief, table } from '../print.ts'
import { runChange, withOperator } from '../run.ts'

interface ListRouteOptions {
  limit: number
  json?: boolean
}

export function addAuditCommands(program: Command): void {
  program
    .command('changes [id]')
    .description('list changes of rows, newest first; with an id, those of one row')
    .option('-e, --entity <name>', 'filter by table, such as brand')
    .option('-a, --actor <id>', 'filter by actor')
    .option('-w, --workflow <name>', 'filter by workflow name, such as create-brands, or id')
    .option('--since <time>', 'filter by time, ISO 8601')
    .option('-n, --limit <count>', 'maximum number of changes', Number, 20)
    .option('--json', 'print JSON')
    .action(changes)

  const event = program.command('event').description('list and replay events')
  event
    .command('list')
    .description('list events with the state of their subscribers, newest first')
    .option('--name <name>', 'filter by name, such as brand.created')
    .addOption(
      new Option('-s, --state <state>', 'filter by the state of a subscriber').choices([
        'running',
        'done',
        'waiting',
        'dead',
      ]),
    )
    .option('-n, --limit <count>', 'maximum number of events', Number, 20)
    .option('--json', 'print JSON')
    .action(listEvents)
  event
    .command('replay <id>')
    .description('start the subscribers of an event again')
    .option('--subscriber <name>', 'start only this subscriber')
    .action(async (id: string, { subscriber }: { subscriber?: string }) => {
      const answer = await runChange(replayEvent, { event: id, ...(subscriber && { subscriber }) })
      for (const workflowId of answer?.started ?? []) console.log(`Started ${workflowId}.`)
    })

  const conflict = program
    .command('conflict')
    .description('list and settle undo conflicts: rows that could not be undone')
  conflict
    .command('list')
    .description('list undo conflicts, newest first')
    .option('--settled', 'list settled conflicts instead of open ones')
    .option('-n, --limit <count>', 'maximum number of conflicts', Number, 20)
    .option('--json', 'print JSON')
    .action(listConflicts)
  for (const [how, description] of [
    ['retry', 'undo the row again'],
    ['dismiss', 'mark the conflict as settled without undoing the row'],
  ] as const) {
    conflict
      .command(`${how} <id>`)
      .description(description)
      .action(async (id: string) => {
        await runChange(settleUndoConflict, { id, how })
        console.log(`Conflict ${id} is settled.`)
      })
  }
}

interface ChangesOptions extends ListRouteOptions {
  entity?: string
  actor?: string
  workflow?: string
  since?: string
}

function changes(id: string | undefined, { entity, actor, workflow, since, limit, json }: ChangesOptions) {
  return withOperator(async ({ audit }) => {
    const { rows } = await audit.changes({
      ...(id && { id: [id] }),
      ...(entity && { entity: [entity] }),
      ...(actor && { actor: [actor] }),
      ...(workflow && { workflow: [workflow] }),
      ...(since && { created_after: since }),
      limit,
      offset: 0,
    })
    const summaries = rows.map((row) => ({
      at: row.created_at,
      entity: row.entity,
      ...(!id && { id: row.entity_id }),
      change: `${row.action}${row.undone ? ' (undone)' : ''}`,
      values: changedValues(row),
      actor: row.actor ?? 'none (not a workflow)',
      'workflow and step': row.workflow_id ? `${row.workflow_id}/${row.transaction_id} ${row.step}` : '',
    }))
    table(json ? (rows as never) : summaries, { json, empty: 'No changes.' })
  })
}

/** `name: "Acme" → "Acme & Co"` */
function changedValues({ action, before, after }: Change): string {
  if (action !== 'updated') return ''
  const names = Object.keys(after ?? {}).filter((name) => name !== 'updated_at')
  return names.map((name) => `${name}: ${brief(before?.[name])} → ${brief(after?.[name])}`).join(', ')
}

function listEvents({
  name,
  state,
  limit,
  json,
}: ListRouteOptions & { name?: string; state?: 'running' | 'done' | 'waiting' | 'dead' }) {
  return withOperator(async ({ audit }) => {
    const { rows } = await audit.events({
      ...(name && { name: [name] }),
      ...(state && { state: [state] }),
      limit,
      offset: 0,
    })
    const summaries = rows.map(({ id, at, name: eventName, data, deliveries, dispatched_at }) => ({
      id,
      at,
      name: eventName,
      data: brief(data),
      subscribers:
        deliveries
          .map((one) => `${one.subscriber}: ${one.state}${one.error ? ` (${one.error.message})` : ''}`)
          .join(', ') || (dispatched_at ? 'none' : 'not dispatched yet'),
    }))
    table(json ? (rows as never) : summaries, { json, empty: 'No events.' })
  })
}

function listConflicts({ settled = false, limit, json }: ListRouteOptions & { settled?: boolean }) {
  return withOperator(async ({ audit }) => {
    const { rows } = await audit.undoConflicts({ settled, limit, offset: 0 })
    const summaries = rows.map((row) => ({
      id: row.id,
      row: `${row.entity} ${row.entity_id}`,
      workflow: row.workflow_id,
      reason: row.reason,
      ...(settled && { settled: row.settled_how }),
    }))
    table(json ? (rows as never) : summaries, { json, empty: 'No undo conflicts.' })
  })
}
