/** Data for the hooks of a workflow. It is recorded with the change, but not stored in a row. */
export interface WithAdditionalData {
  additional_data?: Record<string, unknown> | null | undefined
}
