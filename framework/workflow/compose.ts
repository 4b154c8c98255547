/** Workflows that read page by page, start each other, or go on as new. */
import { WorkflowExecutionAlreadyStartedError } from '@temporalio/common'
import {
  executeChild,
  makeContinueAsNewFunc,
  ParentClosePolicy,
  type Workflow,
  WorkflowIdReusePolicy,
  workflowInfo,
} from '@temporalio/workflow'
import { isRefusal, Problem } from '../problem.ts'
import { currentRunState } from './branch.ts'
import { type ChangeWorkflow, WORKFLOW_TASK_TIMEOUT, workflowIdOf } from './change.ts'
import { dispatchPublished } from './publish.ts'
import type { ChangeMemo } from './step.ts'

/**
 * Page after page, by the id of the last row, until there are no more.
 *
 * @param fetch gives at most a page of rows with ids greater than `after`, in the order of ids.
 */
export async function* pages<T extends { id: string }>(fetch: (after?: string) => Promise<T[]>): AsyncGenerator<T[]> {
  let after: string | undefined
  for (;;) {
    const rows = await fetch(after)
    if (rows.length === 0) return
    yield rows
    after = rows.at(-1)!.id
  }
}

/**
 * Runs a workflow of which there can be only one at a time: as a child, or not at all where it runs already.
 *
 * @returns its answer, or `{ joined }` with the id of the one that runs.
 */
export async function join<W extends ChangeWorkflow>(
  workflow: W,
  input: Parameters<W>[0],
): Promise<Awaited<ReturnType<W>> | { joined: string }> {
  const workflowId = workflowIdOf(workflow, input)
  if (!workflowId) throw new Error(`${workflow.name} has no subject to be joined by`)
  try {
    const answer = await executeChild<Workflow>(workflow.name, {
      workflowId,
      args: [input],
      parentClosePolicy: ParentClosePolicy.ABANDON,
      workflowIdReusePolicy: WorkflowIdReusePolicy.ALLOW_DUPLICATE,
      workflowTaskTimeout: WORKFLOW_TASK_TIMEOUT,
    })
    if (isRefusal(answer)) throw Problem.from(answer.problem)
    return answer as Awaited<ReturnType<W>>
  } catch (error) {
    if (error instanceof WorkflowExecutionAlreadyStartedError) return { joined: workflowId }
    throw error
  }
}

/**
 * Goes on in a fresh history with the same receipts: for workflows that live long. What a completed saga did stands from then
 * on; where there was none, a failure later on takes back what was done before, too.
 */
export async function continueAs<W extends Workflow>(input: Parameters<W>[0]): Promise<never> {
  const { saga } = currentRunState()
  if (saga === 'stands') await dispatchPublished()
  const memo = workflowInfo().memo as ChangeMemo | undefined
  const generation = currentRunState().generation + 1
  const standsBelow = saga === 'stands' ? generation : (memo?.standsBelow ?? 0)
  return makeContinueAsNewFunc<Workflow>({ memo: { ...memo, generation, standsBelow } })(input)
}
