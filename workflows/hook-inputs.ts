/** What hooks are told. */
import type { WithAdditionalData } from './additional-data.ts'

/** Rows that were added or changed. */
export type Rows<Name extends string> = Record<Name, { id: string }[]>

/** The same, of routes that take `additional_data`. */
export type RowsWithData<Name extends string> = Rows<Name> & WithAdditionalData

/** What was deleted. */
export interface DeletedIds {
  ids: string[]
}
