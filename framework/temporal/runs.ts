/** Runs as Temporal knows them. */
import {
  type Client,
  WorkflowContinuedAsNewError,
  type WorkflowExecutionDescription,
  WorkflowNotFoundError,
} from '@temporalio/client'

export interface RunState {
  runId: string
  /** The first run of its chain: our records know it by this. */
  firstRunId: string
  /** Such as `RUNNING` or `COMPLETED`. */
  status: string
}

/** The latest run of an id, or a certain one; undefined where Temporal knows none. */
export async function runState(client: Client, workflowId: string, runId?: string): Promise<RunState | undefined> {
  try {
    const description = await client.workflow.getHandle(workflowId, runId).describe()
    return { runId: description.runId, firstRunId: firstRunOf(description), status: description.status.name }
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return undefined
    throw error
  }
}

export function firstRunOf({ runId, raw }: WorkflowExecutionDescription): string {
  return raw.workflowExecutionInfo?.firstRunId || runId
}

/** Whether it ended without a chance to take back what it did. */
export function isLost({ status }: Pick<RunState, 'status'>): boolean {
  return status === 'TERMINATED' || status === 'TIMED_OUT'
}

/** The last run of a chain; undefined where Temporal knows none. @param firstRunId the first of it. */
export async function lastRunOf(client: Client, workflowId: string, firstRunId: string): Promise<RunState | undefined> {
  const latest = await runState(client, workflowId)
  if (!latest || latest.firstRunId === firstRunId) return latest
  let run = await runState(client, workflowId, firstRunId) // another chain of this id has begun since
  while (run?.status === 'CONTINUED_AS_NEW')
    run = await runState(client, workflowId, await nextOf(client, workflowId, run))
  return run
}

async function nextOf(client: Client, workflowId: string, { runId }: RunState): Promise<string> {
  try {
    await client.workflow.getHandle(workflowId, runId, { followRuns: false }).result()
  } catch (error) {
    if (error instanceof WorkflowContinuedAsNewError) return error.newExecutionRunId
    throw error
  }
  throw new Error(`The run ${runId} of ${workflowId} has not gone on in another`)
}

/** The first runs of the changes that were begun before and still go on, as `<workflow id>/<run id>`. */
export async function openRunsBefore(client: Client, taskQueue: string, before: Date): Promise<string[]> {
  const query = `TaskQueue = '${taskQueue}' and ExecutionStatus = 'Running' and StartTime < '${before.toISOString()}'`
  const runs: string[] = []
  for await (const { workflowId, runId } of client.workflow.list({ query })) {
    const run = await runState(client, workflowId, runId)
    runs.push(`${workflowId}/${run?.firstRunId ?? runId}`)
  }
  return runs
}
