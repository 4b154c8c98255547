/** The history of a workflow with its payloads as text. */
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js'
import type { World } from './world.ts'

export async function historyOf({ client }: World, workflowId: string): Promise<string> {
  const json = historyToJSON(await client.workflow.getHandle(workflowId).fetchHistory())
  return json.replace(/"data":\s*"([A-Za-z0-9+/=]*)"/g, (_, data: string) => Buffer.from(data, 'base64').toString())
}
