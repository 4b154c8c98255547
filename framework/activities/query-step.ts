/** `read.query`: a workflow reads through the query layer, on the primary; the answer is recorded. */
import { ALL, type Fields, type Filters, type Finding, type Listing, type Query, type ShapedListing } from '../query.ts'
import type { Shape } from '../shape.ts'
import { type StepDeps, withReceipt } from './perform.ts'

export interface QuerySteps {
  /**
   * Facts for a decision, as they stand now; a second pass gets the same answer.
   *
   * @example const brands = await read.query(shape('brand', { id: true, name: true }), { id: ids })
   */
  query: {
    <T>(shape: Shape<T>, filters?: Filters, finding?: Finding): Promise<T[]>
    /** A page of an entity whose name is only known at run time. */
    (entity: string, listing: Listing): Promise<{ rows: Fields[]; count: number }>
  }
  /**
   * Facts about several entities in one step: the rows of each, by the names that the questions have.
   *
   * @example const { stores } = await read.queries({ stores: { shape: AStore, limit: 1 } })
   */
  queries: <A extends Record<string, Asked>>(
    asked: A,
  ) => Promise<{ [K in keyof A]: A[K] extends { shape: Shape<infer T> } ? T[] : Fields[] }>
}

/** One question of several: about all rows of a shape that match, unless there is a limit, or a page of an entity. */
export type Asked = (ShapedListing & { shape: Shape }) | (Listing & { entity: string })

/** Both, as activities. */
export function querySteps(deps: StepDeps, query: Query) {
  return {
    query: withReceipt(deps, { method: 'query', kind: 'read' }, async (trx, [asked, ...given]) => ({
      answer: await (typeof asked === 'string'
        ? query.on(trx).list(asked, given[0] as Listing)
        : query.on(trx).find(asked as Shape, ...(given as [Filters?, Finding?]))),
    })),
    queries: withReceipt(deps, { method: 'queries', kind: 'read' }, async (trx, [asked]) => ({
      answer: await answers(query.on(trx), asked as Record<string, Asked>),
    })),
  }
}

async function answers(query: Query, asked: Record<string, Asked>): Promise<Record<string, unknown[]>> {
  const rows: Record<string, unknown[]> = {}
  for (const [name, one] of Object.entries(asked)) {
    const page = 'shape' in one ? query.list(one.shape, { limit: ALL, ...one }) : query.list(one.entity, one)
    rows[name] = (await page).rows
  }
  return rows
}
