/** `read.query`: a workflow reads through the query layer, on the primary; the answer is recorded. */
import type { Listing, Query } from '../query.ts'
import { type StepDeps, withReceipt } from './perform.ts'

export interface QuerySteps {
  /**
   * Facts for a decision, as they stand now; a second pass gets the same answer.
   *
   * @example const { rows } = await read.query<Brand>('brand', { fields: ['id', 'name'], filters: { id: ids } })
   */
  query: <R = Record<string, unknown>>(entity: string, listing: Listing) => Promise<{ rows: R[]; count: number }>
  /**
   * Facts about several entities in one step: the rows of each, by the names that the questions have.
   *
   * @example const { stores } = await read.queries({ stores: { entity: 'store', fields: ['id'], limit: 1 } })
   */
  queries: <A extends Record<string, Asked>>(asked: A) => Promise<{ [K in keyof A]: Record<string, unknown>[] }>
}

/** One question of several. */
export type Asked = Listing & { entity: string }

/** Both, as activities. */
export function querySteps(deps: StepDeps, query: Query) {
  return {
    query: withReceipt(deps, { method: 'query', kind: 'read' }, async (trx, [entity, listing]) => ({
      answer: await query.on(trx).list(entity as string, listing as Listing),
    })),
    queries: withReceipt(deps, { method: 'queries', kind: 'read' }, async (trx, [asked]) => ({
      answer: await answers(query.on(trx), asked as Record<string, Asked>),
    })),
  }
}

async function answers(query: Query, asked: Record<string, Asked>): Promise<Record<string, unknown[]>> {
  const rows: Record<string, unknown[]> = {}
  for (const [name, { entity, ...listing }] of Object.entries(asked)) {
    rows[name] = (await query.list(entity, listing)).rows
  }
  return rows
}
