/** Runs as Temporal knows them. */
import { type Client, type WorkflowExecutionDescription, WorkflowNotFoundError } from '@temporalio/client'

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

/** Whether a change still goes on. @param runId the first run of the chain. */
export async function isOpen(client: Client, workflowId: string, runId: string): Promise<boolean> {
  const latest = await runState(client, workflowId)
  return latest?.status === 'RUNNING' && latest.firstRunId === runId
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
