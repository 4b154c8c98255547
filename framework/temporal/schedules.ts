/** What the clock starts: declared in code, and reconciled with Temporal whenever a worker starts. */
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
  /** A thin workflow; where there can be only one of its subject, it joins that. */
  workflow: ChangeWorkflow
  input?: unknown
  /** Minute, hour, day of month, month, day of week. */
  cron: string
  /** An IANA time zone; UTC where it is left out. */
  timezone?: string
  /** What happens to a start while the one before still runs; skipped where it is left out. */
  overlap?: ScheduleOverlapPolicy
  /** Starts missed by no more than this are made up for; ten minutes where it is left out. */
  catchupWindowMs?: number
}

/** By this the schedules of ours are told from others in the namespace. */
const OURS = 'turritopsis'
const TEN_MINUTES_MS = 600_000

/** Makes Temporal's schedules what the code says: adds, changes and removes. A pause that an operator made stays. */
export async function reconcileSchedules(
  client: Client,
  definitions: ScheduleDefinition[],
  taskQueue: string,
  log: Logger,
): Promise<void> {
  for (const definition of definitions) await put(client, optionsOf(definition, taskQueue))
  const wanted = new Set(definitions.map(({ id }) => id))
  for await (const scheduleId of ourSchedules(client, taskQueue)) {
    if (wanted.has(scheduleId)) continue
    await unlessDone(client.schedule.getHandle(scheduleId).delete())
    log.info({ scheduleId }, 'removed a schedule that is not declared any more')
  }
}

/** The ids of this project's schedules. Read without the SDK's list, which fails at the first memo of others that it cannot decode. */
export async function* ourSchedules({ workflowService, options }: Client, taskQueue: string): AsyncGenerator<string> {
  let nextPageToken: Uint8Array | undefined
  do {
    const page = await workflowService.listSchedules({ namespace: options.namespace, nextPageToken })
    for (const { scheduleId, memo } of page.schedules) if (isOurs(memo?.fields, taskQueue)) yield scheduleId!
    nextPageToken = page.nextPageToken
  } while (nextPageToken?.length)
}

/** Whether a schedule is of this project, by its memo as Temporal stores it. */
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
    await unlessDone(client.schedule.create(options))
  }
}

/** Another worker that starts at the same time may have been faster. */
async function unlessDone(doing: Promise<unknown>): Promise<void> {
  try {
    await doing
  } catch (error) {
    if (!(error instanceof ScheduleNotFoundError || error instanceof ScheduleAlreadyRunning)) throw error
  }
}

/** Temporal keeps a cron expression taken apart, and only its comment as it was: so the comment says it again. */
function readable(cron: string): string {
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
    spec: { cronExpressions: [readable(cron)], timezone },
    action: {
      type: 'startWorkflow',
      workflowType: workflow.name,
      workflowId: id,
      taskQueue,
      args: input === undefined ? [] : [input],
      workflowTaskTimeout: WORKFLOW_TASK_TIMEOUT,
    },
    policies: { overlap, catchupWindow: definition.catchupWindowMs ?? TEN_MINUTES_MS },
    memo: { madeBy: clear(OURS), taskQueue: clear(taskQueue) }, // Temporal never changes a memo: it outlives every key
  }
}
