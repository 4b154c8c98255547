import { sql } from 'kysely'
import { extendEntity } from '../framework/link/define-link.ts'
import { computedNumberIf } from '../framework/model/computed.ts'

/**
 * The available quantity of a variant whose inventory is managed; null if the variant has no inventory items. Counts the locations of
 * the sales channels `sales_channel_ids` of the context; default: all locations. Numeric, because a sum may be too large for an integer.
 */
export const inventoryQuantity = extendEntity('product_variant', {
  inventory_quantity: computedNumberIf(
    ({ column }) => column('manage_inventory'),
    ({ column, context, table }) => sql`
      select min(floor(coalesce(stock.available, 0) / needed.required_quantity))
      from ${table('product_variant_inventory_item')} as needed
      cross join lateral (
        select sum(level.stocked_quantity - level.reserved_quantity) as available
        from ${table('inventory_level')} as level
        where level.inventory_item_id = needed.inventory_item_id and level.deleted_at is null
          and (${context('sales_channel_ids')}::text[] is null or exists (
            select from ${table('sales_channel_stock_location')} as place
            where place.stock_location_id = level.location_id and place.deleted_at is null
              and place.sales_channel_id = any(${context('sales_channel_ids')}::text[])))
      ) as stock
      where needed.variant_id = ${column('id')} and needed.deleted_at is null`,
  ),
})
