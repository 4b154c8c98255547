import { type RawBuilder, sql } from 'kysely'
import { computedBySql, type SqlScope } from '../../framework/model/computed.ts'
import {
  bigNumber,
  boolean,
  choice,
  id,
  integer,
  json,
  model,
  type Row,
  text,
  timestamp,
  timestamps,
} from '../../framework/model/model.ts'
import { belongsTo, hasMany } from '../../framework/model/relations.ts'

/** The prices of a variant or shipping option. */
export const PriceSet = model(
  'price_set',
  { id: id('pset'), ...timestamps() },
  { relations: { prices: hasMany('price').cascade() } },
)
export type PriceSet = Row<typeof PriceSet>

/** An amount in a currency. It applies if its rules match and its price list, if any, is active. */
export const Price = model(
  'price',
  {
    id: id('price'),
    title: text().nullable(),
    currency_code: text(),
    amount: bigNumber(),
    min_quantity: bigNumber().nullable(),
    max_quantity: bigNumber().nullable(),
    /** The number of its rules; all of them must match. */
    rules_count: integer().default(0),
    price_set_id: text(),
    price_list_id: text().nullable(),
    ...timestamps(),
  },
  {
    relations: {
      price_set: belongsTo('price_set'),
      price_rules: hasMany('price_rule').cascade(),
      price_list: belongsTo('price_list'),
    },
    computed: {
      rules: computedBySql<Record<string, string>>('json', (scope) => foldedRules(scope, scope.column('id'))),
    },
  },
)
export type Price = Row<typeof Price>

/** The rules of a price as an object, attribute → value. */
export function foldedRules({ table }: SqlScope, price: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`select coalesce(json_object_agg(rule.attribute, rule.value order by rule.id), '{}')
    from ${table('price_rule')} as rule where rule.price_id = ${price} and rule.deleted_at is null`
}

/** A condition of a price, such as `region_id` = `reg_…`. */
export const PriceRule = model(
  'price_rule',
  {
    id: id('prule'),
    attribute: text(),
    value: text(),
    operator: choice('gte', 'lte', 'gt', 'lt', 'eq').default('eq'),
    priority: integer().default(0),
    price_id: text(),
    ...timestamps(),
  },
  {
    relations: { price: belongsTo('price') },
    indexes: [{ columns: ['price_id', 'attribute', 'operator'], unique: true }],
  },
)
export type PriceRule = Row<typeof PriceRule>

/** Prices for a period or for some customers: a sale, or an override. */
export const PriceList = model(
  'price_list',
  {
    id: id('plist'),
    title: text().searchable(),
    description: text().searchable(),
    status: choice('active', 'draft').default('draft'),
    type: choice('sale', 'override').default('sale'),
    starts_at: timestamp().nullable(),
    ends_at: timestamp().nullable(),
    rules_count: integer().default(0),
    metadata: json().nullable(),
    ...timestamps(),
  },
  {
    relations: { prices: hasMany('price').cascade(), price_list_rules: hasMany('price_list_rule').cascade() },
    computed: {
      rules: computedBySql<Record<string, string[]>>(
        'json',
        ({ column, table }) => sql`
          select coalesce(json_object_agg(rule.attribute, rule.value order by rule.id), '{}')
          from ${table('price_list_rule')} as rule
          where rule.price_list_id = ${column('id')} and rule.deleted_at is null`,
      ),
    },
  },
)
export type PriceList = Row<typeof PriceList>

/** A condition of a price list: the attribute has one of the values. */
export const PriceListRule = model(
  'price_list_rule',
  {
    id: id('prule'),
    attribute: text(),
    value: json<string[]>().nullable(),
    price_list_id: text(),
    ...timestamps(),
  },
  {
    relations: { price_list: belongsTo('price_list') },
    indexes: [{ columns: ['price_list_id', 'attribute'], unique: true }],
  },
)
export type PriceListRule = Row<typeof PriceListRule>

/** Whether the prices of a currency or region include taxes. */
export const PricePreference = model(
  'price_preference',
  {
    id: id('prpref'),
    attribute: text(),
    value: text().nullable(),
    is_tax_inclusive: boolean().default(false),
    ...timestamps(),
  },
  { indexes: [{ columns: ['attribute', 'value'], unique: true }] },
)
export type PricePreference = Row<typeof PricePreference>

/** By the names of their tables. */
export const models = {
  price_set: PriceSet,
  price: Price,
  price_rule: PriceRule,
  price_list: PriceList,
  price_list_rule: PriceListRule,
  price_preference: PricePreference,
}
