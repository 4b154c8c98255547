/** `turri schedule`: what the clock starts. */
import type { Command } from 'commander'
import { Problem } from '../../framework/problem.ts'
import { createSchedules, type Schedule, type Schedules } from '../../framework/temporal/schedule-control.ts'
import { facts, table } from '../print.ts'
import { withClient } from '../run.ts'

interface Json {
  json?: boolean
}

export function addScheduleCommands(program: Command): void {
  const schedule = program
    .command('schedule')
    .description('look at what the clock starts; pause it, resume it, or start it now')
  schedule
    .command('list')
    .description('list the schedules, with their last and next start')
    .option('--json', 'as JSON')
    .action(({ json }: Json) =>
      withSchedules(async (schedules) => {
        const found = await schedules.list()
        table(json ? (found as never) : found.map(brief), { json, empty: 'No schedules. A worker makes them.' })
      }),
    )
  schedule
    .command('show <id>')
    .description('show a schedule with its recent runs')
    .option('--json', 'as JSON')
    .action((id: string, { json }: Json) =>
      withSchedules(async (schedules) => {
        const found = await schedules.show(id)
        if (json) console.log(JSON.stringify(found, null, 2))
        else print(found)
      }),
    )
  schedule
    .command('pause <id>')
    .description('let it start nothing until it is resumed, also over restarts')
    .option('-n, --note <text>', 'why; Temporal keeps it in clear text')
    .option('--json', 'as JSON')
    .action((id: string, { note, json }: Json & { note?: string }) =>
      withSchedules(async (schedules) => {
        const paused = await schedules.pause(id, note)
        say(paused, `${id} is paused. \`turri schedule resume ${id}\` lets it start again.`, json)
      }),
    )
  schedule
    .command('resume <id>')
    .description('let it start again')
    .option('--json', 'as JSON')
    .action((id: string, { json }: Json) =>
      withSchedules(async (schedules) => {
        const resumed = await schedules.resume(id)
        say(resumed, `${id} starts again, next at ${resumed.next_run_at ?? 'no time that is known'}.`, json)
      }),
    )
  schedule
    .command('trigger <id>')
    .description('start now what the clock would start, under the overlap policy of the schedule')
    .option('--json', 'as JSON')
    .action((id: string, { json }: Json) =>
      withSchedules(async (schedules) => {
        const run = await schedules.run(id)
        const started = run && `${run.workflow_id} has been started. See \`turri workflow show ${run.workflow_id}\`.`
        const nothing = `Nothing was started: one still runs, or Temporal takes its time. See \`turri schedule show ${id}\`.`
        say(run ?? null, started ?? nothing, json)
      }),
    )
}

function say(value: unknown, text: string, json: boolean | undefined): void {
  console.log(json ? JSON.stringify(value, null, 2) : text)
}

function brief({ id, workflow, cron, timezone, paused, last_run_at, next_run_at }: Schedule) {
  return { id, workflow, cron, timezone, paused, last: last_run_at ?? 'never', next: next_run_at ?? 'never' }
}

function print(schedule: Schedule): void {
  facts({
    id: schedule.id,
    workflow: schedule.workflow,
    cron: `${schedule.cron} (${schedule.timezone})`,
    overlap: schedule.overlap,
    'catch-up': `${schedule.catchup_window_ms / 1000} s`,
    paused: schedule.paused ? (schedule.note ?? 'yes') : 'no',
    next: schedule.next_run_at ?? 'never',
  })
  console.log()
  table(schedule.recent_runs as never, { empty: '  No runs yet.' })
}

function withSchedules(work: (schedules: Schedules) => Promise<void>): Promise<void> {
  return withClient(async ({ client, config }) => {
    try {
      await work(createSchedules(client, config.temporal.worker.taskQueue, 'turri'))
    } catch (error) {
      throw error instanceof Problem ? new Error(`${error.message}. See \`turri schedule list\`.`) : error
    }
  })
}
