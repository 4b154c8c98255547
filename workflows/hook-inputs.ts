/** The inputs of hooks. */
import type { WithAdditionalData } from './additional-data.ts'

/** Rows that were created or updated. */
export type Rows<Name extends string> = Record<Name, { id: string }[]>

/** Rows with the `additional_data` of the request. */
export type RowsWithData<Name extends string> = Rows<Name> & WithAdditionalData

export interface DeletedIds {
  ids: string[]
}
