/** What is given along for the hooks of a workflow: it is recorded with the change, and not stored with a row. */
export interface WithAdditionalData {
  additional_data?: Record<string, unknown> | null | undefined
}

/** What of a row is stored. */
export function stored<R extends WithAdditionalData>({ additional_data: _, ...row }: R): Omit<R, 'additional_data'> {
  return row
}
