import { Problem } from '../../../framework/problem.ts'

/**
 * The channels that are to be deleted.
 *
 * @param stores those whose default channel is one of them.
 * @throws Problem `not_allowed` where there is one: what it sells, and its first key, would be nowhere.
 */
export function refuseDefaults(
  stores: readonly { default_sales_channel_id: string | null }[],
  ids: string[],
): string[] {
  const [store] = stores
  if (!store) return ids
  throw new Problem(
    'not_allowed',
    `Sales channel ${store.default_sales_channel_id} is the default of the store and cannot be deleted`,
  )
}
