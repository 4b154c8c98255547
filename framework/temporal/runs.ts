/** The state of runs in Temporal. */
import {
  type Client,
  WorkflowContinuedAsNewError,
  type WorkflowExecutionDescription,
  WorkflowNotFoundError,
} from '@temporalio/client'

export interface RunState {
  runId: string
  /** The first run of its chain, which is the key in our tables. */
  firstRunId: string
  /** For example `RUNNING` or `COMPLETED`. */
  status: string
}

/** The latest run of a workflow id, or the run `runId`; undefined if Temporal does not know it. */
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

/** Whether a run ended without running its own code, and so without undoing its effects. */
export function isLost({ status }: Pick<RunState, 'status'>): boolean {
  return status === 'TERMINATED' || status === 'TIMED_OUT'
}

/** The last run of a chain; undefined if Temporal does not know it. */
export async function lastRunOf(client: Client, workflowId: string, firstRunId: string): Promise<RunState | undefined> {
  const latest = await runState(client, workflowId)
  if (!latest || latest.firstRunId === firstRunId) return latest
  let run = await runState(client, workflowId, firstRunId) // another chain of this id has started since
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
  throw new Error(`The run ${runId} of ${workflowId} has not continued as new`)
}

/** The open changes that started before a time, as `<workflow id>/<first run id>`. */
export async function openRunsBefore(client: Client, taskQueue: string, before: Date): Promise<string[]> {
  const query = `TaskQueue = '${taskQueue}' and ExecutionStatus = 'Running' and StartTime < '${before.toISOString()}'`
  const runs: string[] = []
  for await (const { workflowId, runId } of client.workflow.list({ query })) {
    const run = await runState(client, workflowId, runId)
    runs.push(`${workflowId}/${run?.firstRunId ?? runId}`)
  }
  return runs
}
