import { sql } from 'kysely'
import { apiDecimal, isoTime } from '../framework/database.ts'
import { extendEntity } from '../framework/link/define-link.ts'
import { computedBySql } from '../framework/model/computed.ts'
import { foldedRules } from '../modules/pricing/models.ts'

export interface VariantPrice {
  id: string
  amount: number
  currency_code: string
  min_quantity: number | null
  max_quantity: number | null
  variant_id: string
  created_at: string
  updated_at: string
  rules: Record<string, string>
}

/** The prices of a variant for the dashboard: those of its price set without a price list, with their rules as an object. */
export const variantPrices = extendEntity('product_variant', {
  prices: computedBySql<VariantPrice[]>('json', (scope) => {
    const { column, table } = scope
    return sql`
      select coalesce(json_agg(shown order by shown.id), '[]') from (
        select price.id, ${apiDecimal(sql`price.amount`)} as amount, price.currency_code,
          trim_scale(price.min_quantity) as min_quantity, trim_scale(price.max_quantity) as max_quantity,
          link.variant_id, ${isoTime(sql`price.created_at`)} as created_at, ${isoTime(sql`price.updated_at`)} as updated_at,
          case when price.rules_count = 0 then '{}' else (${foldedRules(scope, sql`price.id`)}) end as rules
        from ${table('product_variant_price_set')} as link join ${table('price')} as price
          on price.price_set_id = link.price_set_id and price.price_list_id is null and price.deleted_at is null
        where link.variant_id = ${column('id')} and link.deleted_at is null
      ) as shown`
  }),
})

/** The variant of a price; null if the price belongs to something else. */
export const priceVariant = extendEntity('price', {
  variant_id: computedBySql(
    'text',
    ({ column, table }) => sql`
      select link.variant_id from ${table('product_variant_price_set')} as link
      where link.price_set_id = ${column('price_set_id')} and link.deleted_at is null`,
  ),
})
