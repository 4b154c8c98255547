/** Facts for a decision: what it decides about must not be cut off at a page. */
import type { Filters, Query } from '../query.ts'

/** The limit of a question of which no row may be missing. */
export const ALL = 2 ** 31 - 1

/** As many values as a filter may have (`query/filters.ts`). */
const MAX_VALUES = 1000

/**
 * The rows of an entity that some ids tell, in no order; ids that are missing, or said twice, do no harm, and without ids nothing
 * is asked.
 *
 * @param where what the ids are, where they are not those of the rows
 * @example const zones = await rowsById<Zone>(query, 'service_zone', ids, ['id', 'name'])
 */
export async function rowsById<R>(
  query: Query,
  entity: string,
  ids: readonly (string | null | undefined)[],
  fields: string[],
  where: (ids: string[]) => Filters = (id) => ({ id }),
): Promise<R[]> {
  const wanted = [...new Set(ids)].filter((id) => typeof id === 'string')
  const rows: R[] = []
  for (let at = 0; at < wanted.length; at += MAX_VALUES) {
    const filters = where(wanted.slice(at, at + MAX_VALUES))
    rows.push(...(await query.list<R>(entity, { fields, filters, limit: ALL })).rows)
  }
  return rows
}
