/** A workflow as its callers see it. Free of Node. */

/** A workflow that is a change: one input, one answer. */
// biome-ignore lint/suspicious/noExplicitAny: any answer
export interface ChangeWorkflow<Answer = any> {
  // biome-ignore lint/suspicious/noExplicitAny: any input
  (input: any): Promise<Answer>
  /**
   * What the workflow is about, if only one run per subject may be open. A second start joins the open run.
   *
   * @example completeCart.subject = ({ id }: CompleteCartInput) => id
   */
  // biome-ignore lint/suspicious/noExplicitAny: as above
  subject?: (input: any) => string
}

/** The id of a workflow with a subject, such as `sync-brands-to-cms/all`; undefined without a subject. */
export function workflowIdOf(workflow: ChangeWorkflow, input: unknown): string | undefined {
  return workflow.subject && `${kebab(workflow.name)}/${workflow.subject(input)}`
}

/** Short, so that a dead worker is noticed in seconds. */
export const WORKFLOW_TASK_TIMEOUT = '5s'

/** Converts `create-brands` to `createBrands`. */
export function camel(name: string): string {
  return name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase())
}

/** Converts `createBrands` to `create-brands`. */
export function kebab(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
}
