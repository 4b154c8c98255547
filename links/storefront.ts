import { sql } from 'kysely'
import { extendEntity } from '../framework/link/define-link.ts'
import { computedBySql } from '../framework/model/computed.ts'
import type { Region } from '../modules/region/models.ts'

/** Facts about the shop that every storefront request needs, read in one statement with its API key. */
export const storefront = extendEntity('api_key', {
  /** The number of sales channels. With only one, a storefront also shows products without a channel (`docs/http-api.md`, Storefront). */
  sales_channel_count: computedBySql<number>(
    'integer',
    ({ table }) => sql`select count(*) from ${table('sales_channel')} as channel where channel.deleted_at is null`,
  ),
  /** The region `region_id` of the context; default: the store's region */
  region: computedBySql<Pick<Region, 'id' | 'currency_code' | 'automatic_taxes'> | null>(
    'json',
    ({ context, table }) => sql`
      select json_build_object('id', region.id, 'currency_code', currency_code, 'automatic_taxes', automatic_taxes)
      from ${table('region')} as region
      where region.deleted_at is null and region.id = coalesce(${context('region_id')}::text, (
        select default_region_id from ${table('store')} as store where store.deleted_at is null order by store.id limit 1))`,
  ),
})
