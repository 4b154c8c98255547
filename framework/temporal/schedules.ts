/** Schedules: declared in code and reconciled with Temporal on each start of a worker. */
import { setTimeout as sleep } from 'node:timers/promises'
import {
  type Client,
  ScheduleAlreadyRunning,
  type ScheduleDescription,
  ScheduleNotFoundError,
  type ScheduleOptions,
  ScheduleOverlapPolicy,
} from '@temporalio/client'
import type { Payload } from '@temporalio/common'
import type { Logger } from '../log.ts'
import { type ChangeWorkflow, WORKFLOW_TASK_TIMEOUT } from '../workflow/change.ts'
import { clear } from './codec.ts'

export interface ScheduleDefinition {
  id: string
  /** The workflow to start; one that has a subject is started by a thin workflow that joins it. */
  workflow: ChangeWorkflow
  input?: unknown
  /** Minute, hour, day of month, month, day of week. */
  cron: string
  /** An IANA time zone; default: UTC */
  timezone?: string
  /** What happens if a run is due while the previous one is still running; default: skip */
  overlap?: ScheduleOverlapPolicy
  /** How late a missed run may still start; default: ten minutes */
  catchupWindowMs?: number
}

/** Marks our schedules among others in the namespace. */
const OURS = 'turritopsis'
const TEN_MINUTES_MS = 600_000
/** A server that is busy, or has just started, may need several attempts. */
const ATTEMPTS = 5
const RETRY_MS = 1000

/** Creates, updates and deletes Temporal's schedules to match the code. Keeps pauses of operators. */
export async function reconcileSchedules(
  client: Client,
  definitions: ScheduleDefinition[],
  taskQueue: string,
  log: Logger,
): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await reconcile(client, definitions, taskQueue, log)
    } catch (error) {
      if (attempt === ATTEMPTS) throw error
      log.warn({ err: error, attempt }, 'the schedules could not be reconciled, trying again')
      await sleep(RETRY_MS)
    }
  }
}

async function reconcile(
  client: Client,
  definitions: ScheduleDefinition[],
  taskQueue: string,
  log: Logger,
): Promise<void> {
  for (const definition of definitions) await put(client, optionsOf(definition, taskQueue))
  const wanted = new Set(definitions.map(({ id }) => id))
  for await (const scheduleId of ourSchedules(client, taskQueue)) {
    if (wanted.has(scheduleId)) continue
    await ignoreRace(client.schedule.getHandle(scheduleId).delete())
    log.info({ scheduleId }, 'removed a schedule that is not declared any more')
  }
}

/** Yields the ids of this project's schedules. Does not use the SDK's list, which fails at the first memo that it cannot decode. */
export async function* ourSchedules({ workflowService, options }: Client, taskQueue: string): AsyncGenerator<string> {
  let nextPageToken: Uint8Array | undefined
  do {
    const page = await workflowService.listSchedules({ namespace: options.namespace, nextPageToken })
    for (const { scheduleId, memo } of page.schedules) if (isOurs(memo?.fields, taskQueue)) yield scheduleId!
    nextPageToken = page.nextPageToken
  } while (nextPageToken?.length)
}

/** Whether a schedule belongs to this project, by its undecoded memo. */
export function isOurs(memo: Record<string, Payload> | null | undefined, taskQueue: string): boolean {
  return read(memo?.madeBy) === OURS && read(memo?.taskQueue) === taskQueue
}

const read = (payload: Payload | undefined) =>
  payload &&
  Buffer.from(payload.data ?? [])
    .toString()
    .slice(1, -1)

async function put(client: Client, options: ScheduleOptions): Promise<void> {
  const handle = client.schedule.getHandle(options.scheduleId)
  try {
    await handle.update(({ state }) => ({ ...options, state }))
  } catch (error) {
    if (!(error instanceof ScheduleNotFoundError)) throw error
    await ignoreRace(client.schedule.create(options))
  }
}

/** Ignores errors because another worker that starts at the same time was faster. */
async function ignoreRace(action: Promise<unknown>): Promise<void> {
  try {
    await action
  } catch (error) {
    if (!(error instanceof ScheduleNotFoundError || error instanceof ScheduleAlreadyRunning)) throw error
  }
}

/** Repeats the expression as its comment, because Temporal keeps only the comment as written. */
function withComment(cron: string): string {
  const expression = cron.split('#')[0]!.trim()
  return `${expression} # ${expression}`
}

/** The cron expression that Temporal's schedule was made from. */
export function cronOf({ calendars, intervals }: ScheduleDescription['spec']): string {
  return calendars?.[0]?.comment || (intervals ?? []).map(({ every }) => `@every ${Number(every) / 1000}s`).join()
}

function optionsOf(definition: ScheduleDefinition, taskQueue: string): ScheduleOptions {
  const { id, workflow, input, cron, timezone = 'UTC', overlap = ScheduleOverlapPolicy.SKIP } = definition
  return {
    scheduleId: id,
    spec: { cronExpressions: [withComment(cron)], timezone },
    action: {
      type: 'startWorkflow',
      workflowType: workflow.name,
      workflowId: id,
      taskQueue,
      args: input === undefined ? [] : [input],
      workflowTaskTimeout: WORKFLOW_TASK_TIMEOUT,
    },
    policies: { overlap, catchupWindow: definition.catchupWindowMs ?? TEN_MINUTES_MS },
    memo: { madeBy: clear(OURS), taskQueue: clear(taskQueue) }, // not encrypted: Temporal never changes a memo, so it would outlive the key
  }
}
