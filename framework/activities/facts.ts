/** Facts for decisions. */
import { schemaName } from '../model/entity-names.ts'
import { Problem } from '../problem.ts'
import type { Filters, Query } from '../query.ts'
import type { Shape } from '../shape.ts'

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
  return wanted.length > 0 ? query.find({ entity, fields } as unknown as Shape<R>, where(wanted)) : []
}

/**
 * Locks rows that are about to be referred to, so that they exist until the step ends.
 *
 * @throws Problem `not_found` where one does not exist.
 * @example await lockExisting(query, { sales_channel: ids })
 */
export async function lockExisting(query: Query, rows: Readonly<Record<string, readonly string[]>>): Promise<void> {
  const [missing] = Object.entries(await query.lock(rows, 'share'))
  if (missing) throw new Problem('not_found', `${schemaName(missing[0])} id not found: ${missing[1].join(', ')}`)
}
