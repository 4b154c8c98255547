import { sql } from 'kysely'
import { computedBySql } from '../../framework/model/computed.ts'
import { boolean, choice, id, json, model, type Row, text, timestamps } from '../../framework/model/model.ts'
import { belongsTo, hasMany } from '../../framework/model/relations.ts'

/** A carrier, warehouse or other provider. Providers that are configured are enabled. */
export const FulfillmentProvider = model('fulfillment_provider', {
  id: id('serpro'),
  is_enabled: boolean().default(true),
  ...timestamps(),
})
export type FulfillmentProvider = Row<typeof FulfillmentProvider>

/** A way of fulfillment at a location, such as shipping or pickup. */
export const FulfillmentSet = model(
  'fulfillment_set',
  {
    id: id('fuset'),
    name: text().unique(),
    type: text(),
    metadata: json().nullable(),
    ...timestamps(),
  },
  { relations: { service_zones: hasMany('service_zone').cascade() } },
)
export type FulfillmentSet = Row<typeof FulfillmentSet>

/** The area that a set delivers to: the addresses in its geo zones. */
export const ServiceZone = model(
  'service_zone',
  {
    id: id('serzo'),
    name: text().unique(),
    metadata: json().nullable(),
    fulfillment_set_id: text(),
    ...timestamps(),
  },
  {
    relations: {
      fulfillment_set: belongsTo('fulfillment_set'),
      geo_zones: hasMany('geo_zone').cascade(),
      shipping_options: hasMany('shipping_option').cascade(),
    },
  },
)
export type ServiceZone = Row<typeof ServiceZone>

/** A country, or a province, city or postal codes of one. */
export const GeoZone = model(
  'geo_zone',
  {
    id: id('fgz'),
    type: choice('country', 'province', 'city', 'zip').default('country'),
    country_code: text(),
    province_code: text().nullable(),
    city: text().nullable(),
    postal_expression: json().nullable(),
    metadata: json().nullable(),
    service_zone_id: text(),
    ...timestamps(),
  },
  {
    relations: { service_zone: belongsTo('service_zone') },
    indexes: [{ columns: ['country_code'] }, { columns: ['province_code'] }, { columns: ['city'] }],
  },
)
export type GeoZone = Row<typeof GeoZone>

/** Products that are shipped in the same way. */
export const ShippingProfile = model(
  'shipping_profile',
  {
    id: id('sp'),
    name: text().unique(),
    type: text(),
    metadata: json().nullable(),
    ...timestamps(),
  },
  { relations: { shipping_options: hasMany('shipping_option') } },
)
export type ShippingProfile = Row<typeof ShippingProfile>

/** A way to ship products of a profile to a zone. Shoppers can choose it if its rules match. */
export const ShippingOption = model(
  'shipping_option',
  {
    id: id('so'),
    name: text().searchable(),
    price_type: choice('calculated', 'flat').default('flat'),
    data: json().nullable(),
    metadata: json().nullable(),
    service_zone_id: text(),
    shipping_profile_id: text().nullable(),
    provider_id: text().nullable(),
    shipping_option_type_id: text(),
    ...timestamps(),
  },
  {
    relations: {
      service_zone: belongsTo('service_zone'),
      shipping_profile: belongsTo('shipping_profile'),
      provider: belongsTo('fulfillment_provider'),
      type: belongsTo('shipping_option_type', { by: 'shipping_option_type_id' }),
      rules: hasMany('shipping_option_rule').cascade(),
    },
    computed: { is_return: hasRule('is_return', true), admin_only: hasRule('enabled_in_store', false) },
  },
)
export type ShippingOption = Row<typeof ShippingOption>

/** Whether an option has a rule for an attribute with the value `'true'` or `'false'`, as dashboards store flags. */
function hasRule(attribute: string, value: boolean) {
  return computedBySql<boolean>(
    'boolean',
    ({ column, table }) => sql`exists (
      select from ${table('shipping_option_rule')} as rule where rule.shipping_option_id = ${column('id')}
        and rule.attribute = ${sql.lit(attribute)} and rule.operator = 'eq'
        and rule.value = to_jsonb(${sql.lit(String(value))}::text) and rule.deleted_at is null)`,
  )
}

/** The kind of a shipping option for shoppers, such as `express`, "Delivered tomorrow". */
export const ShippingOptionType = model(
  'shipping_option_type',
  {
    id: id('sotype'),
    label: text().searchable(),
    description: text().nullable().searchable(),
    code: text().searchable(),
    ...timestamps(),
  },
  { relations: { shipping_options: hasMany('shipping_option') } },
)
export type ShippingOptionType = Row<typeof ShippingOptionType>

/** A condition of a shipping option; all of them must match (`rules/match.ts`). */
export const ShippingOptionRule = model(
  'shipping_option_rule',
  {
    id: id('sorul'),
    attribute: text(),
    operator: choice('in', 'eq', 'ne', 'gt', 'gte', 'lt', 'lte', 'nin'),
    value: json<string | string[]>().nullable(),
    shipping_option_id: text(),
    ...timestamps(),
  },
  { relations: { shipping_option: belongsTo('shipping_option') } },
)
export type ShippingOptionRule = Row<typeof ShippingOptionRule>

/** By the names of their tables. */
export const models = {
  fulfillment_provider: FulfillmentProvider,
  fulfillment_set: FulfillmentSet,
  service_zone: ServiceZone,
  geo_zone: GeoZone,
  shipping_profile: ShippingProfile,
  shipping_option: ShippingOption,
  shipping_option_type: ShippingOptionType,
  shipping_option_rule: ShippingOptionRule,
}
