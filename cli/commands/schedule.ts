/** `turri schedule`: schedules. */
import type { Command } from 'commander'
import { Problem } from '../../framework/problem.ts'
import { createSchedules, type Schedule, type Schedules } from '../../framework/temporal/schedule-control.ts'
import { facts, table } from '../print.ts'
import { withClient } from '../run.ts'

interface Json {
  json?: boolean
}

export function addScheduleCommands(program: Command): void {
  const schedule = program.command('schedule').description('list, pause, resume and trigger schedules')
  schedule
    .command('list')
    .description('list schedules with their last and next run')
    .option('--json', 'print JSON')
    .action(({ json }: Json) =>
      withSchedules(async (schedules) => {
        const all = await schedules.list()
        table(json ? (all as never) : all.map(brief), { json, empty: 'No schedules. A worker creates them.' })
      }),
    )
  schedule
    .command('show <id>')
    .description('show a schedule with its recent runs')
    .option('--json', 'print JSON')
    .action((id: string, { json }: Json) =>
      withSchedules(async (schedules) => {
        const shown = await schedules.show(id)
        if (json) console.log(JSON.stringify(shown, null, 2))
        else printSchedule(shown)
      }),
    )
  schedule
    .command('pause <id>')
    .description('pause a schedule until it is resumed')
    .option('-n, --note <text>', 'reason; Temporal stores it unencrypted')
    .option('--json', 'print JSON')
    .action((id: string, { note, json }: Json & { note?: string }) =>
      withSchedules(async (schedules) => {
        const paused = await schedules.pause(id, note)
        printResult(paused, `${id} is paused. \`turri schedule resume ${id}\` lets it start again.`, json)
      }),
    )
  schedule
    .command('resume <id>')
    .description('resume a schedule')
    .option('--json', 'print JSON')
    .action((id: string, { json }: Json) =>
      withSchedules(async (schedules) => {
        const resumed = await schedules.resume(id)
        printResult(resumed, `${id} starts again, next at ${resumed.next_run_at ?? 'an unknown time'}.`, json)
      }),
    )
  schedule
    .command('trigger <id>')
    .description('run a schedule now, subject to its overlap policy')
    .option('--json', 'print JSON')
    .action((id: string, { json }: Json) =>
      withSchedules(async (schedules) => {
        const run = await schedules.run(id)
        const started = run && `Started ${run.workflow_id}. See \`turri workflow show ${run.workflow_id}\`.`
        const nothing = `Nothing was started: a run is still active, or Temporal is slow. See \`turri schedule show ${id}\`.`
        printResult(run ?? null, started ?? nothing, json)
      }),
    )
}

function printResult(value: unknown, text: string, json: boolean | undefined): void {
  console.log(json ? JSON.stringify(value, null, 2) : text)
}

function brief({ id, workflow, cron, timezone, paused, last_run_at, next_run_at }: Schedule) {
  return { id, workflow, cron, timezone, paused, last: last_run_at ?? 'never', next: next_run_at ?? 'never' }
}

function printSchedule(schedule: Schedule): void {
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
