/** The tax percentage of a line by the shop's own rates: the rule of `modules/tax/rules/choose-rates.ts` as SQL. */
import { type RawBuilder, sql } from 'kysely'
import type { SqlScope } from '../framework/model/computed.ts'

type Sql = RawBuilder<unknown>

/** SQL expressions of the ids that tax rate rules can refer to. */
export interface TaxedLine {
  product_id?: Sql
  product_type_id?: Sql
  shipping_option_id?: Sql
}

/** The sum of the rates for `country_code` and `province` of the context, both in lower case; 0 without rates. */
export function taxRateOf(scope: SqlScope, line: TaxedLine): Sql {
  const region = (province: Sql) => sql`(select id from ${scope.table('tax_region')}
    where country_code = ${scope.context('country_code')}::text and ${province} and deleted_at is null)`
  const country = bestRate(scope, line, region(sql`province_code is null`))
  const province = bestRate(scope, line, region(sql`province_code = ${scope.context('province')}::text`))
  return sql`
    select coalesce(case
      when province is null then country[1]
      when province[2] = 1 then province[1] + coalesce(country[1], 0)
      else province[1] end, 0)
    from (select ${province} as province, ${country} as country offset 0) as closest`
}

/**
 * The most specific rate of a tax region for the line, else its default; the oldest of several. A pair: the rate, and 1 if it is
 * combinable. Rules are looked up by the ids of the line, so that a line without rules costs next to nothing.
 */
function bestRate(scope: SqlScope, { product_id, product_type_id, shipping_option_id }: TaxedLine, region: Sql): Sql {
  const rate = scope.table('tax_rate')
  const pair = sql`select array[coalesce(rate.rate, 0)::numeric, rate.is_combinable::int]`
  const ofRegion = sql`rate.tax_region_id = ${region} and rate.deleted_at is null`
  const named = (reference: string, id: Sql | undefined) =>
    id
      ? sql`(${pair} from ${scope.table('tax_rate_rule')} as rule join ${rate} as rate on rate.id = rule.tax_rate_id
          where rule.reference_id = ${id} and rule.reference = ${sql.lit(reference)} and rule.deleted_at is null
            and ${ofRegion} order by rate.id limit 1),`
      : sql``
  return sql`case when ${region} is not null then coalesce(
    ${named('product', product_id)} ${named('shipping_option', shipping_option_id)}
    ${named('product_type', product_type_id)}
    (${pair} from ${rate} as rate where rate.is_default and ${ofRegion})) end`
}
