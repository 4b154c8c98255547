import { Problem } from '../../../framework/problem.ts'

/**
 * The channels that are to be deleted.
 *
 * @param store whose default channel is one of them, if there is one.
 * @throws Problem `not_allowed` where there is: what it sells, and its first key, would be nowhere.
 */
export function refuseDefaults(
  store: { default_sales_channel_id: string | null } | undefined,
  ids: string[],
): string[] {
  if (!store) return ids
  throw new Problem(
    'not_allowed',
    `Sales channel ${store.default_sales_channel_id} is the default of the store and cannot be deleted`,
  )
}
