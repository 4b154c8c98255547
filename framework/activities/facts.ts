/** Facts for decisions. */
import { schemaName } from '../model/entity-names.ts'
import { Problem } from '../problem.ts'
import type { Filters, Query } from '../query.ts'

/**
 * The rows of an entity by ids, in no order. Null, undefined and repeated ids are ignored; without ids no statement is sent.
 *
 * @param where the filter that the ids make; default: `{ id: ids }`
 * @example const zones = await rowsById<Zone>(query, 'service_zone', ids, ['id', 'name'])
 */
export async function rowsById<R>(
  query: Query,
  entity: string,
  ids: readonly (string | null | undefined)[],
  fields: string[],
  where: (ids: string[]) => Filters = (id) => ({ id }),
): Promise<R[]> {
  const unique = [...new Set(ids)].filter((id) => typeof id === 'string')
  return unique.length > 0 ? query.find<R>({ entity, fields }, where(unique)) : []
}

/**
 * Locks rows that the step is about to refer to, so that they exist until it ends.
 *
 * @throws Problem `not_found` if a row does not exist.
 * @example await lockExisting(query, { sales_channel: ids })
 */
export async function lockExisting(query: Query, rows: Readonly<Record<string, readonly string[]>>): Promise<void> {
  const [missing] = Object.entries(await query.lock(rows, 'share'))
  if (missing) throw new Problem('not_found', `${schemaName(missing[0])} id not found: ${missing[1].join(', ')}`)
}
