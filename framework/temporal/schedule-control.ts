/** Schedules for operators. Code declares them (`schedules.ts`). */
import { setTimeout as sleep } from 'node:timers/promises'
import { type Client, type ScheduleDescription, ScheduleNotFoundError } from '@temporalio/client'
import { Problem, storableText } from '../problem.ts'
import { kebab } from '../workflow/change.ts'
import { cronOf, isOurs, ourSchedules } from './schedules.ts'

export interface ScheduleRun {
  /** When the run was due; a manual run is due at once. */
  scheduled_at: string
  started_at: string
  workflow_id: string
  run_id: string
}

export interface Schedule {
  id: string
  /** The workflow's name as in executions, such as `nightly-sync-brands-to-cms`. */
  workflow: string
  cron: string
  timezone: string
  /** What happens if a run is due while the previous one is still running. */
  overlap: string
  /** How late a missed run may still start. */
  catchup_window_ms: number
  paused: boolean
  /** Why it is paused. */
  note: string | null
  last_run_at: string | null
  next_run_at: string | null
  /** Latest first; Temporal keeps ten. */
  recent_runs: ScheduleRun[]
}

export interface Schedules {
  /** The schedules of this project, by id. */
  list(): Promise<Schedule[]>
  /** @throws Problem `not_found`, also for a schedule that is not of this project. */
  show(id: string): Promise<Schedule>
  /** Pauses a schedule until it is resumed, also across restarts. @throws Problem `not_found` */
  pause(id: string, note?: string): Promise<Schedule>
  /** @throws Problem `not_found` */
  resume(id: string): Promise<Schedule>
  /**
   * Starts a run now, even if the schedule is paused. Its overlap policy applies: with `skip`, nothing starts while a run is open.
   *
   * @returns the started run; undefined if nothing was started, or Temporal does not report it in time.
   * @throws Problem `not_found`
   */
  run(id: string): Promise<ScheduleRun | undefined>
}

/** How long to wait until Temporal reports the started run. */
const RUN_WAIT_MS = 3000
const POLL_MS = 100

/** @param by the name in the notes of pauses and resumes. */
export function createSchedules(client: Client, taskQueue: string, by: string): Schedules {
  const describe = (id: string) => describeOurs(client, taskQueue, id)
  const show = async (id: string) => scheduleOf(await describe(id))
  return {
    show,
    async list() {
      const ids: string[] = []
      for await (const id of ourSchedules(client, taskQueue)) ids.push(id)
      // The list lags behind: it may still contain deleted schedules.
      const found = await Promise.all(ids.sort().map((id) => show(id).catch(ifGone)))
      return found.filter((schedule) => schedule !== undefined)
    },
    async pause(id, note) {
      await describe(id)
      await client.schedule.getHandle(id).pause(storableText(note ?? `paused by ${by}`))
      return show(id)
    },
    async resume(id) {
      await describe(id)
      await client.schedule.getHandle(id).unpause(`resumed by ${by}`)
      return show(id)
    },
    async run(id) {
      const { policies, info } = await describe(id)
      const known = new Set(info.recentActions.map((action) => runOf(action).run_id))
      await client.schedule.getHandle(id).trigger(policies.overlap)
      for (const deadline = Date.now() + RUN_WAIT_MS; Date.now() < deadline; await sleep(POLL_MS)) {
        const started = (await show(id)).recent_runs.find(({ run_id }) => !known.has(run_id))
        if (started) return started
      }
      return undefined
    },
  }
}

async function describeOurs(client: Client, taskQueue: string, id: string): Promise<ScheduleDescription> {
  try {
    const description = await client.schedule.getHandle(id).describe()
    if (isOurs(description.raw.memo?.fields, taskQueue)) return description
  } catch (error) {
    if (!(error instanceof ScheduleNotFoundError)) throw error
  }
  throw new Problem('not_found', `Schedule with id: ${id} was not found`)
}

function ifGone(error: unknown): undefined {
  if (!(error instanceof Problem && error.type === 'not_found')) throw error
}

function scheduleOf({ scheduleId, action, spec, policies, state, info }: ScheduleDescription): Schedule {
  const recent_runs = info.recentActions.map(runOf).reverse()
  return {
    id: scheduleId,
    workflow: action.type === 'startWorkflow' ? kebab(action.workflowType) : '',
    cron: cronOf(spec),
    timezone: spec.timezone ?? 'UTC',
    overlap: (policies.overlap ?? 'SKIP').toLowerCase(),
    catchup_window_ms: policies.catchupWindow,
    paused: state.paused,
    note: (state.paused && state.note) || null,
    last_run_at: recent_runs[0]?.started_at ?? null,
    next_run_at: (!state.paused && info.nextActionTimes[0]?.toISOString()) || null,
    recent_runs,
  }
}

function runOf({ scheduledAt, takenAt, action }: ScheduleDescription['info']['recentActions'][number]): ScheduleRun {
  const { workflowId, firstExecutionRunId } = action.workflow
  return {
    scheduled_at: scheduledAt.toISOString(),
    started_at: takenAt.toISOString(),
    workflow_id: workflowId,
    run_id: firstExecutionRunId,
  }
}
