/** `turri changes`, `turri event`, `turri conflict`: what has happened, and what is to be done about it. */
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
    .description('show who changed which row from what to what; of one row, or the newest of all')
    .option('-e, --entity <name>', 'only of this table, such as brand')
    .option('-a, --actor <id>', 'only what this one asked for')
    .option('-w, --workflow <name>', 'only of this workflow, such as create-brands, or of one by its id')
    .option('--since <time>', 'only since, ISO 8601')
    .option('-n, --limit <count>', 'so many at most', Number, 20)
    .option('--json', 'as JSON')
    .action(changes)

  const event = program.command('event').description('look at events and who has heard of them')
  event
    .command('list')
    .description('list events with the state of each subscriber, the newest first')
    .option('--name <name>', 'only of this name, such as brand.created')
    .addOption(
      new Option('-s, --state <state>', 'only with a subscriber in this state').choices([
        'running',
        'done',
        'waiting',
        'dead',
      ]),
    )
    .option('-n, --limit <count>', 'so many at most', Number, 20)
    .option('--json', 'as JSON')
    .action(listEvents)
  event
    .command('replay <id>')
    .description('start the subscribers of an event once more')
    .option('--subscriber <name>', 'only this one')
    .action(async (id: string, { subscriber }: { subscriber?: string }) => {
      const answer = await runChange(replayEvent, { event: id, ...(subscriber && { subscriber }) })
      for (const workflowId of answer?.started ?? []) console.log(`${workflowId} has been started.`)
    })

  const conflict = program.command('conflict').description('effects that could not be taken back with their change')
  conflict
    .command('list')
    .description('list what stands because somebody had built on it, the newest first')
    .option('--settled', 'those that have been dealt with')
    .option('-n, --limit <count>', 'so many at most', Number, 20)
    .option('--json', 'as JSON')
    .action(listConflicts)
  for (const [how, does] of [
    ['retry', 'try again to take back what was left'],
    ['dismiss', 'note that it has been dealt with'],
  ] as const) {
    conflict
      .command(`${how} <id>`)
      .description(does)
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
    const shown = rows.map((row) => ({
      at: row.created_at,
      entity: row.entity,
      ...(!id && { id: row.entity_id }),
      change: `${row.action}${row.undone ? ' (undone)' : ''}`,
      what: whatChanged(row),
      actor: row.actor ?? 'outside of any workflow',
      'workflow and step': row.workflow_id ? `${row.workflow_id}/${row.transaction_id} ${row.step}` : '',
    }))
    table(json ? (rows as never) : shown, { json, empty: 'No changes.' })
  })
}

/** Such as `name: "Acme" → "Acme & Co"`. */
function whatChanged({ action, before, after }: Change): string {
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
    const shown = rows.map(({ id, at, name: of, data, deliveries, dispatched_at }) => ({
      id,
      at,
      name: of,
      data: brief(data),
      subscribers:
        deliveries
          .map((one) => `${one.subscriber}: ${one.state}${one.error ? ` (${one.error.message})` : ''}`)
          .join(', ') || (dispatched_at ? 'none' : 'not sent out yet'),
    }))
    table(json ? (rows as never) : shown, { json, empty: 'No events.' })
  })
}

function listConflicts({ settled = false, limit, json }: ListRouteOptions & { settled?: boolean }) {
  return withOperator(async ({ audit }) => {
    const { rows } = await audit.undoConflicts({ settled, limit, offset: 0 })
    const shown = rows.map((row) => ({
      id: row.id,
      row: `${row.entity} ${row.entity_id}`,
      'left by': row.workflow_id,
      reason: row.reason,
      ...(settled && { settled: row.settled_how }),
    }))
    table(json ? (rows as never) : shown, { json, empty: 'No undo conflicts.' })
  })
}
