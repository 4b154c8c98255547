/** Workflows that read page by page, start each other, or continue as new. */
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
 * Yields one page after the other until there are no more rows.
 *
 * @param fetch returns a page of rows with ids greater than `after`, ordered by id.
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
 * Runs a workflow with a subject as a child, unless a run of that subject is open.
 *
 * @returns its answer, or `{ joined }` with the id of the open run.
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
 * Continues as new with the same receipts, for workflows with a long history. The effects of a completed saga are final from then
 * on. Without a saga, a later failure also undoes what was done before.
 */
export async function continueAs<W extends Workflow>(input: Parameters<W>[0]): Promise<never> {
  const { saga } = currentRunState()
  if (saga === 'completed') await dispatchPublished()
  const memo = workflowInfo().memo as ChangeMemo | undefined
  const generation = currentRunState().generation + 1
  const standsBelow = saga === 'completed' ? generation : (memo?.standsBelow ?? 0)
  return makeContinueAsNewFunc<Workflow>({ memo: { ...memo, generation, standsBelow } })(input)
}
