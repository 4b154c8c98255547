/** How many percent of tax are due on what is sold, of the system's own rates: the rule of `modules/tax/rules/choose-rates.ts` as SQL. */
import { type RawBuilder, sql } from 'kysely'
import type { SqlScope } from '../framework/model/computed.ts'

type Sql = RawBuilder<unknown>

/** What rules of rates can name; expressions of ids. */
export interface TaxedLine {
  product_id?: Sql
  product_type_id?: Sql
  shipping_option_id?: Sql
}

/** The sum of the rates that are due where the request's `country_code` and `province` are, both in lower case; 0 where none is. */
export function taxRateOf(scope: SqlScope, line: TaxedLine): Sql {
  const region = (province: Sql) => sql`(select id from ${scope.table('tax_region')}
    where country_code = ${scope.context('country_code')}::text and ${province} and deleted_at is null)`
  const country = closest(scope, line, region(sql`province_code is null`))
  const province = closest(scope, line, region(sql`province_code = ${scope.context('province')}::text`))
  return sql`
    select coalesce(case
      when province is null then country[1]
      when province[2] = 1 then province[1] + coalesce(country[1], 0)
      else province[1] end, 0)
    from (select ${province} as province, ${country} as country offset 0) as closest`
}

/**
 * The rate of a tax region that names the line most closely, else its default; of several the oldest. As a pair: the rate, and 1 where
 * it is combinable. Rules are found by what they name, so that what no rule names costs next to nothing.
 */
function closest(scope: SqlScope, { product_id, product_type_id, shipping_option_id }: TaxedLine, region: Sql): Sql {
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
