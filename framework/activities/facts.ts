/** Facts for a decision: what it decides about must not be cut off at a page. */
import type { Filters, Query } from '../query.ts'

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
  return wanted.length > 0 ? query.find<R>({ entity, fields }, where(wanted)) : []
}
