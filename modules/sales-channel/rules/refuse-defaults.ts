import { Problem } from '../../../framework/problem.ts'

/**
 * @param store the store that has one of the channels as its default, if any.
 * @throws Problem `not_allowed` if there is such a store.
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
