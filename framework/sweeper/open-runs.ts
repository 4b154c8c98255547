/** Whether a change still goes on, as Temporal knows it. */
import { type Client, WorkflowNotFoundError } from '@temporalio/client'

/** @param runId the first run of the chain. */
export async function isOpen(client: Client, workflowId: string, runId: string): Promise<boolean> {
  try {
    const { status, raw, runId: latest } = await client.workflow.getHandle(workflowId).describe()
    return status.name === 'RUNNING' && (raw.workflowExecutionInfo?.firstRunId || latest) === runId
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return false
    throw error
  }
}

/** The first runs of the changes that were begun before and still go on, as `<workflow id>/<run id>`. */
export async function openRunsBefore(client: Client, taskQueue: string, before: Date): Promise<string[]> {
  const query = `TaskQueue = '${taskQueue}' and ExecutionStatus = 'Running' and StartTime < '${before.toISOString()}'`
  const runs: string[] = []
  for await (const { workflowId, runId } of client.workflow.list({ query })) {
    const { raw } = await client.workflow.getHandle(workflowId, runId).describe()
    runs.push(`${workflowId}/${raw.workflowExecutionInfo?.firstRunId || runId}`)
  }
  return runs
}
