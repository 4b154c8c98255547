/** `turri schedule`: what the clock starts. */
import { type Client, ScheduleNotFoundError } from '@temporalio/client'
import type { Command } from 'commander'
import { openClient, openRunning } from '../context.ts'
import { table } from '../print.ts'

export function addScheduleCommands(program: Command): void {
  const schedule = program.command('schedule').description('look at what the clock starts, or start it now')
  schedule
    .command('list')
    .description('list the schedules, with their last and next start')
    .option('--json', 'as JSON')
    .action(({ json }: { json?: boolean }) => withClient((client) => list(client, json)))
  schedule
    .command('trigger <id>')
    .description('start now what the schedule would start')
    .action((id: string) => withClient((client) => trigger(client, id)))
}

async function list(client: Client, json: boolean | undefined): Promise<void> {
  const rows = []
  for await (const { scheduleId } of client.schedule.list()) {
    const { spec, state, info, action } = await client.schedule.getHandle(scheduleId).describe()
    rows.push({
      id: scheduleId,
      workflow: action.type === 'startWorkflow' ? action.workflowType : '',
      paused: state.paused,
      last: info.recentActions.at(-1)?.takenAt.toISOString() ?? 'never',
      next: info.nextActionTimes[0]?.toISOString() ?? 'never',
      timezone: spec.timezone ?? 'UTC',
    })
  }
  table(rows, { json, empty: 'No schedules.' })
}

async function trigger(client: Client, id: string): Promise<void> {
  try {
    await client.schedule.getHandle(id).trigger()
  } catch (error) {
    if (!(error instanceof ScheduleNotFoundError)) throw error
    throw new Error(`There is no schedule '${id}'. See \`turri schedule list\`.`)
  }
  console.log(`${id} has been started. See \`turri workflow list\`.`)
}

async function withClient(work: (client: Client) => Promise<void>): Promise<void> {
  const { client, close } = await openClient(openRunning())
  try {
    await work(client)
  } finally {
    await close()
  }
}
