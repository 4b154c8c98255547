import { sql } from 'kysely'
import { extendEntity } from '../framework/link/define-link.ts'
import { computedBySql } from '../framework/model/computed.ts'

/** How many sales channels the shop has: with one alone, a storefront shows what is in none, too (`http-semantics.md` 6.3). */
export const salesChannelCount = extendEntity('api_key', {
  sales_channel_count: computedBySql(
    'integer',
    ({ table }) => sql`select count(*) from ${table('sales_channel')} as channel where channel.deleted_at is null`,
  ),
})
