/** `read.query`: queries in workflows. They read from the primary, and the answer is recorded. */
import {
  ALL,
  type Fields,
  type Filters,
  type FindOptions,
  type ListOptions,
  type Query,
  type ShapedListOptions,
} from '../query.ts'
import type { Shape } from '../shape.ts'
import { type StepDeps, withReceipt } from './perform.ts'

export interface QuerySteps {
  /**
   * Rows as they are now. A second pass gets the same answer.
   *
   * @example const brands = await read.query(shape('brand', { id: true, name: true }), { id: ids })
   */
  query: {
    <T>(shape: Shape<T>, filters?: Filters, options?: FindOptions): Promise<T[]>
    /** A page of an entity whose name is known only at run time. */
    (entity: string, options: ListOptions): Promise<{ rows: Fields[]; count: number }>
  }
  /**
   * Several queries in one step. Returns the rows of each by its name.
   *
   * @example const { stores } = await read.queries({ stores: { shape: AStore, limit: 1 } })
   */
  queries: <A extends Record<string, QueryRequest>>(
    requests: A,
  ) => Promise<{ [K in keyof A]: A[K] extends { shape: Shape<infer T> } ? T[] : Fields[] }>
}

/** One query of several: all matching rows of a shape, unless there is a limit, or a page of an entity. */
export type QueryRequest = (ShapedListOptions & { shape: Shape }) | (ListOptions & { entity: string })

/** The activities `query` and `queries`. */
export function querySteps(deps: StepDeps, query: Query) {
  return {
    query: withReceipt(deps, { method: 'query', kind: 'read' }, async (trx, [target, ...args]) => ({
      answer: await (typeof target === 'string'
        ? query.on(trx).list(target, args[0] as ListOptions)
        : query.on(trx).find(target as Shape, ...(args as [Filters?, FindOptions?]))),
    })),
    queries: withReceipt(deps, { method: 'queries', kind: 'read' }, async (trx, [requests]) => ({
      answer: await answerAll(query.on(trx), requests as Record<string, QueryRequest>),
    })),
  }
}

async function answerAll(query: Query, requests: Record<string, QueryRequest>): Promise<Record<string, unknown[]>> {
  const rows: Record<string, unknown[]> = {}
  for (const [name, request] of Object.entries(requests)) {
    const page =
      'shape' in request ? query.list(request.shape, { limit: ALL, ...request }) : query.list(request.entity, request)
    rows[name] = (await page).rows
  }
  return rows
}
