/** `read.query`: a workflow reads through the query layer, on the primary; the answer is recorded. */
import type { Listing, Query } from '../query.ts'
import { recorded, type Stage } from './perform.ts'

export interface QuerySteps {
  /**
   * Facts for a decision, as they stand now; a second pass gets the same answer.
   *
   * @example const { rows } = await read.query<Brand>('brand', { fields: ['id', 'name'], filters: { id: ids } })
   */
  query: <R = Record<string, unknown>>(entity: string, listing: Listing) => Promise<{ rows: R[]; count: number }>
}

export const QUERY_STEP = 'query'

export function queryStep(stage: Stage, query: Query) {
  return recorded(stage, { method: QUERY_STEP, kind: 'read' }, (trx, [entity, listing]) =>
    query.on(trx).list(entity as string, listing as Listing),
  )
}
