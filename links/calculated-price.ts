/** `calculated_price`: the price for the context of a request, chosen by Postgres for all rows of an answer (`docs/http-api.md`, Prices). */
import { type RawBuilder, sql } from 'kysely'
import { apiDecimal } from '../framework/database.ts'
import type { RawNumber } from '../framework/entity-types.ts'
import { extendEntity } from '../framework/link/define-link.ts'
import { computedBySql, type SqlScope } from '../framework/model/computed.ts'
import { taxRateOf } from './tax-rate.ts'

type Sql = RawBuilder<unknown>

/** The price that an amount comes from; all null if there is none. */
interface PriceOrigin {
  id: string | null
  price_list_id: string | null
  price_list_type: string | null
  min_quantity: number | null
  max_quantity: number | null
}

/** Amounts with and without tax are present if the request has a `country_code`. */
export interface CalculatedPrice {
  id: string
  is_calculated_price_price_list: boolean
  is_calculated_price_tax_inclusive: boolean
  calculated_amount: number
  raw_calculated_amount: RawNumber
  calculated_amount_with_tax?: number
  calculated_amount_without_tax?: number
  is_original_price_price_list: boolean
  is_original_price_tax_inclusive: boolean
  original_amount: number | null
  raw_original_amount: RawNumber | null
  original_amount_with_tax?: number | null
  original_amount_without_tax?: number | null
  currency_code: string
  calculated_price: PriceOrigin
  original_price: PriceOrigin
}

export const priceSetCalculatedPrice = extendEntity('price_set', {
  calculated_price: computedBySql<CalculatedPrice | null>('json', (scope) =>
    calculatedPriceOf(scope, sql`select ${scope.column('id')} as price_set_id`),
  ),
})

export const variantCalculatedPrice = extendEntity('product_variant', {
  calculated_price: computedBySql<CalculatedPrice | null>('json', (scope) => {
    const rate = taxRateOf(scope, { product_id: sql`product.id`, product_type_id: sql`product.type_id` })
    return calculatedPriceOf(
      scope,
      linkedPriceSet(scope, 'product_variant_price_set', 'variant_id'),
      sql`select case when not product.is_giftcard then (${rate}) end
        from ${scope.table('product')} as product where product.id = ${scope.column('product_id')}`,
    )
  }),
})

export const shippingOptionCalculatedPrice = extendEntity('shipping_option', {
  calculated_price: computedBySql<CalculatedPrice | null>('json', (scope) =>
    calculatedPriceOf(
      scope,
      linkedPriceSet(scope, 'shipping_option_price_set', 'shipping_option_id'),
      taxRateOf(scope, { shipping_option_id: scope.column('id') }),
    ),
  ),
})

/** The price set of a row, by its link. */
function linkedPriceSet({ table, column }: SqlScope, link: string, mine: string): Sql {
  return sql`select price_set_id from ${table(link)} where ${sql.id(mine)} = ${column('id')} and deleted_at is null`
}

/**
 * The calculated price of `owner`, a query that returns at most one row with a `price_set_id`; null if there is none.
 *
 * The context needs `currency_code`, and can have `region_id`, `customer_group_ids`, `quantity`, `now` (ISO 8601) and
 * `price_attributes` (further attributes for price rules, such as `{ item_total: 30 }`). With a `country_code`, the answer also contains
 * amounts with and without tax, by the percentage that `taxRate` returns.
 */
export function calculatedPriceOf(scope: SqlScope, owner: Sql, taxRate?: Sql): Sql {
  const price = chosenPrice(scope, owner)
  if (!taxRate || !scope.hasContext('country_code')) return sql`select row_to_json(shown) from (${price}) as shown`
  return sql`
    select row_to_json(taxed) from (
      select shown.*, ${withTax('calculated')}, ${withTax('original')} from (${price}) as shown
      cross join lateral (select 1 + coalesce((${taxRate}), 0) / 100 as factor offset 0) as tax
    ) as taxed`
}

const DECIMALS = sql.lit(20)

/** An amount with and without tax. */
function withTax(name: 'calculated' | 'original'): Sql {
  const amount = sql.ref(`shown.${name}_amount`)
  const isInclusive = sql.ref(`shown.is_${name}_price_tax_inclusive`)
  const less = sql`round(round(${amount}, ${DECIMALS}) / nullif(tax.factor, 0), ${DECIMALS})`
  return sql`
    trim_scale(case when ${isInclusive} then ${amount} else ${amount} * tax.factor end) as ${sql.id(`${name}_amount_with_tax`)},
    trim_scale(case when ${isInclusive} then ${less} else ${amount} end) as ${sql.id(`${name}_amount_without_tax`)}`
}

/** One row, or none if there is no price. */
function chosenPrice(scope: SqlScope, owner: Sql): Sql {
  const calculated = (name: string) =>
    sql`case when listed.wins then ${column('listed', name)} else ${column('standard', name)} end`
  const original = (name: string) => sql`case when listed.type <> 'sale' then ${column('listed', name)}
    when override.type is not null then ${column('override', name)} else ${column('standard', name)} end`
  return sql`
    select
      owner.price_set_id as id,
      ${calculated('type')} is not null as is_calculated_price_price_list,
      ${calculated('is_tax_inclusive')} as is_calculated_price_tax_inclusive,
      ${calculated('amount')} as calculated_amount,
      ${calculated('raw_amount')} as raw_calculated_amount,
      ${original('type')} is not null as is_original_price_price_list,
      coalesce(${original('is_tax_inclusive')}, false) as is_original_price_tax_inclusive,
      ${original('amount')} as original_amount,
      ${original('raw_amount')} as raw_original_amount,
      ${scope.context('currency_code')}::text as currency_code,
      ${calculated('origin')} as calculated_price,
      coalesce(${original('origin')}, ${NO_ORIGIN}) as original_price
    from (${owner}) as owner
    left join lateral (${standardPrice(scope)}) as standard on true
    left join lateral (${listPrice(scope, sql`true`)}) as listed on true
    left join lateral (${listPrice(scope, sql`listed.type = 'sale' and list.type <> 'sale'`)}) as override on true
    where standard.amount is not null or listed.amount is not null`
}

const column = (price: string, name: string) => sql.ref(`${price}.${name}`)

/** The best price without a price list. */
function standardPrice(scope: SqlScope): Sql {
  return sql`
    select ${priceColumns(scope, { list: sql`null::text`, type: sql`null::text` })}
    from ${scope.table('price')} as price
    where ${applies(scope)} and price.price_list_id is null
    order by price.price_list_id, price.rules_count desc, price.amount, price.id limit 1`
}

/** The best price of an active price list; `wins` tells whether it beats the standard price. */
function listPrice(scope: SqlScope, further: Sql): Sql {
  return sql`
    select ${priceColumns(scope, { list: sql`list.id`, type: sql`list.type` })},
      list.type <> 'sale' or coalesce(price.amount <= standard.amount, true) as wins
    from ${scope.table('price')} as price join ${scope.table('price_list')} as list on list.id = price.price_list_id
    where ${applies(scope)} and price.price_list_id is not null and ${isListActive(scope)} and ${further}
    order by price.rules_count + list.rules_count desc, price.amount, price.id limit 1`
}

function isListActive(scope: SqlScope): Sql {
  const now = sql`coalesce(${scope.context('now')}::timestamptz, now())`
  const rules = sql`
    select count(*) from ${scope.table('price_list_rule')} as rule
    where rule.price_list_id = list.id and rule.deleted_at is null and case rule.attribute
      when 'region_id' then jsonb_exists(rule.value, ${scope.context('region_id')}::text)
      when 'customer.groups.id' then jsonb_exists_any(rule.value, ${scope.context('customer_group_ids')}::text[])
      else jsonb_exists(rule.value, ${scope.context('price_attributes')}::jsonb ->> rule.attribute) end`
  return sql`list.deleted_at is null and list.status = 'active'
    and coalesce(list.starts_at <= ${now}, true) and coalesce(list.ends_at >= ${now}, true)
    and (list.rules_count = 0 or list.rules_count = (${rules}))`
}

function priceColumns(scope: SqlScope, { list, type }: { list: Sql; type: Sql }): Sql {
  return sql`${type} as type, ${apiDecimal(sql`price.amount`)} as amount, ${taxInclusive(scope)} as is_tax_inclusive,
    json_build_object('value', trim_scale(price.amount)::text, 'precision', 20) as raw_amount,
    (select row_to_json(found) from (select price.id, ${list} as price_list_id, ${type} as price_list_type,
      trim_scale(price.min_quantity) as min_quantity, trim_scale(price.max_quantity) as max_quantity) as found) as origin`
}

/** The origin of a missing price. */
const NO_ORIGIN = sql.lit(
  '{"id":null,"price_list_id":null,"price_list_type":null,"min_quantity":null,"max_quantity":null}',
)

/** Whether a price of the set has this currency and quantity, and all its rules match. */
function applies(scope: SqlScope): Sql {
  const quantity = sql`${scope.context('quantity')}::numeric`
  const rules = sql`
    select count(*) from ${scope.table('price_rule')} as rule
    where rule.price_id = price.id and rule.deleted_at is null and ${ruleMatches(scope)}`
  return sql`price.price_set_id = owner.price_set_id and price.currency_code = ${scope.context('currency_code')}::text
    and price.deleted_at is null
    and coalesce(price.min_quantity <= coalesce(${quantity}, 1), true)
    and coalesce(price.max_quantity >= ${quantity}, true)
    and (price.rules_count = 0 or price.rules_count = (${rules}))`
}

/** A number as JavaScript formats it, with an exponent of at most three digits. */
const NUMBER = sql.lit('^[+-]?[0-9]+([.][0-9]+)?([eE][+-]?[0-9]{1,3})?$')

function ruleMatches({ context }: SqlScope): Sql {
  const attribute = sql`(${context('price_attributes')}::jsonb ->> rule.attribute)`
  const comparison = (operator: string) => sql`${attribute}::numeric ${sql.raw(operator)} rule.value::numeric`
  return sql`case
    when rule.operator = 'eq' then case rule.attribute
      when 'region_id' then rule.value = ${context('region_id')}::text
      when 'customer.groups.id' then rule.value = any(${context('customer_group_ids')}::text[])
      else rule.value = ${attribute} end
    when ${attribute} !~ ${NUMBER} or rule.value !~ ${NUMBER} then false
    when rule.operator = 'gt' then ${comparison('>')}
    when rule.operator = 'gte' then ${comparison('>=')}
    when rule.operator = 'lt' then ${comparison('<')}
    else ${comparison('<=')} end`
}

/** The tax preference: of the region, for a price with a rule about it, else of the currency. */
function taxInclusive(scope: SqlScope): Sql {
  const preference = (attribute: 'region_id' | 'currency_code') => sql`(
    select is_tax_inclusive from ${scope.table('price_preference')}
    where attribute = ${sql.lit(attribute)} and value = ${scope.context(attribute)}::text and deleted_at is null)`
  const regional = sql`(
    select true from ${scope.table('price_rule')} as rule
    where rule.price_id = price.id and rule.attribute = 'region_id' and rule.operator = 'eq'
      and rule.value = ${scope.context('region_id')}::text and rule.deleted_at is null)`
  return sql`coalesce(
    case when price.rules_count > 0 and ${regional} then ${preference('region_id')} end,
    ${preference('currency_code')}, false)`
}
