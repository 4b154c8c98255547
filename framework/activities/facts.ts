/** Facts for decisions. */
import { idsOf } from '../ids-of.ts'
import { schemaName } from '../model/entity-names.ts'
import { Problem } from '../problem.ts'
import type { Filters, Query } from '../query.ts'
import type { Shape } from '../shape.ts'

/**
 * Locks the rows that match until the step ends.
 *
 * @returns the ids of those that still exist once they are locked.
 * @example const zones = await lockMatching(query, ServiceZone, { fulfillment_set_id: sets })
 */
export async function lockMatching(query: Query, shape: Shape<{ id: string }>, filters: Filters): Promise<string[]> {
  const ids = idsOf(await query.find(shape, filters))
  const { [shape.entity]: missing = [] } = await query.lock({ [shape.entity]: ids })
  return ids.filter((id) => !missing.includes(id))
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
