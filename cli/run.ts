/** Runs workflows and queries for commands. */
import type { Client } from '@temporalio/client'
import { type Audit, createAudit } from '../framework/audit.ts'
import type { Config } from '../framework/config.ts'
import { openDatabase } from '../framework/database.ts'
import { newUlid } from '../framework/new-ulid.ts'
import { createRunner, type Outcome } from '../framework/run.ts'
import { createExecutions, type Executions } from '../framework/temporal/executions.ts'
import type { ChangeWorkflow } from '../framework/workflow/change.ts'
import { type Base, databaseUrlOf, openClient, openRunning } from './context.ts'
import { pc } from './print.ts'

/**
 * Runs a workflow as the actor `cli`, and prints its id on stderr.
 *
 * @returns its result; undefined if it is still running after 30 s.
 * @throws with the message of the problem if it is refused.
 */
export async function runChange<W extends ChangeWorkflow>(
  workflow: W,
  input: Parameters<W>[0],
  key?: string,
): Promise<Awaited<ReturnType<W>> | undefined> {
  return withClient(async (running): Promise<Awaited<ReturnType<W>> | undefined> => {
    const outcome = await changeAsCli(running, workflow, input, key)
    if (outcome.state === 'done') {
      console.error(pc.dim(`${outcome.workflowId}${outcome.replayed ? ' (started by an earlier request)' : ''}`))
      return outcome.answer
    }
    console.log(`${outcome.workflowId} is still running. See \`turri workflow show ${outcome.workflowId}\`.`)
    return undefined
  })
}

/** Like `runChange`, with an open connection. */
export function changeAsCli<W extends ChangeWorkflow>(
  { client, config }: { client: Client; config: Config },
  workflow: W,
  input: Parameters<W>[0],
  key?: string,
): Promise<Outcome<Awaited<ReturnType<W>>>> {
  const { taskQueue } = config.temporal.worker
  const { digest, maxChanges } = config
  const runner = createRunner({ client, taskQueue, eager: false, digest, maxChanges })
  const content = JSON.stringify([workflow.name, input])
  const path = workflow.name
  const request = { requestId: newUlid(), actor: 'cli', method: 'CLI', path, content, ...(key && { key }) }
  return runner.run(workflow, input, { request })
}

/** Opens executions and audit for `work`, and closes the connections afterwards. */
export function withOperator<T>(work: (operator: { executions: Executions; audit: Audit }) => Promise<T>): Promise<T> {
  return withClient(async ({ client, config, log }) => {
    const db = openDatabase({ url: databaseUrlOf(config), max: 1, readOnly: true, log })
    try {
      const executions = createExecutions(client, db, config.temporal.worker.taskQueue)
      return await work({ executions, audit: createAudit(db) })
    } finally {
      await db.destroy()
    }
  })
}

/** Opens a Temporal client for `work`, and closes the connection afterwards. */
export async function withClient<T>(work: (running: Base & { client: Client }) => Promise<T>): Promise<T> {
  const base = openRunning()
  const { client, close } = await openClient(base)
  try {
    return await work({ ...base, client })
  } finally {
    await close()
  }
}
