/** What a workflow is to those who start it. Free of Node. */

/** A workflow that is a change: one input, one answer. */
// biome-ignore lint/suspicious/noExplicitAny: whatever it gives
export interface ChangeWorkflow<Answer = any> {
  // biome-ignore lint/suspicious/noExplicitAny: whatever it takes
  (input: any): Promise<Answer>
  /**
   * Where there can be only one at a time: what it is about. Whoever asks for it while it runs joins it.
   *
   * @example completeCart.subject = ({ id }: CompleteCartInput) => id
   */
  // biome-ignore lint/suspicious/noExplicitAny: as above
  subject?: (input: any) => string
}

/** The id of the one run of a workflow with a subject, such as `sync-brands-to-cms/all`; undefined where there can be many. */
export function workflowIdOf(workflow: ChangeWorkflow, input: unknown): string | undefined {
  return workflow.subject && `${kebab(workflow.name)}/${workflow.subject(input)}`
}

/** So that the death of a worker is noticed in seconds. */
export const WORKFLOW_TASK_TIMEOUT = '5s'

/** `create-brands` as `createBrands`. */
export function camel(name: string): string {
  return name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase())
}

/** `createBrands` as `create-brands`. */
export function kebab(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
}
