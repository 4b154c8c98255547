/** What is given along for the hooks of a workflow: it is recorded with the change, and not stored with a row. */
export interface WithAdditionalData {
  additional_data?: Record<string, unknown> | null | undefined
}
