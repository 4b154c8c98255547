import { boolean, float, id, json, model, type Row, text, timestamps } from '../../framework/model/model.ts'
import { belongsTo, hasMany } from '../../framework/model/relations.ts'

/** A service that calculates taxes, such as `tp_system`. */
export const TaxProvider = model(
  'tax_provider',
  { id: id('tp'), is_enabled: boolean().default(true), ...timestamps() },
  { relations: { regions: hasMany('tax_region', { by: 'provider_id' }) } },
)
export type TaxProvider = Row<typeof TaxProvider>

/** A country in which taxes are due, or a province of one. */
export const TaxRegion = model(
  'tax_region',
  {
    id: id('txreg'),
    country_code: text().searchable(),
    province_code: text().nullable().searchable(),
    metadata: json().nullable(),
    created_by: text().nullable(),
    provider_id: text().nullable(),
    parent_id: text().nullable(),
    ...timestamps(),
  },
  {
    relations: {
      provider: belongsTo('tax_provider'),
      parent: belongsTo('tax_region'),
      children: hasMany('tax_region', { by: 'parent_id' }).cascade(),
      tax_rates: hasMany('tax_rate').cascade(),
    },
    indexes: [
      { columns: ['country_code', 'province_code'], unique: true },
      { columns: ['country_code'], unique: true, where: 'province_code is null' },
    ],
  },
)
export type TaxRegion = Row<typeof TaxRegion>

/** A rate in percent: the default of its region, or for the products and shipping options of its rules. */
export const TaxRate = model(
  'tax_rate',
  {
    id: id('txr'),
    rate: float().nullable(),
    code: text().searchable(),
    name: text().searchable(),
    is_default: boolean().default(false),
    is_combinable: boolean().default(false),
    tax_region_id: text(),
    metadata: json().nullable(),
    created_by: text().nullable(),
    ...timestamps(),
  },
  {
    relations: { tax_region: belongsTo('tax_region'), rules: hasMany('tax_rate_rule').cascade() },
    indexes: [{ columns: ['tax_region_id'], unique: true, where: 'is_default' }],
  },
)
export type TaxRate = Row<typeof TaxRate>

/** Applies a rate to a product, a product type or a shipping option. */
export const TaxRateRule = model(
  'tax_rate_rule',
  {
    id: id('txrule'),
    metadata: json().nullable(),
    created_by: text().nullable(),
    tax_rate_id: text(),
    reference: text(),
    reference_id: text(),
    ...timestamps(),
  },
  {
    relations: { tax_rate: belongsTo('tax_rate') },
    indexes: [{ columns: ['reference_id'] }, { columns: ['tax_rate_id', 'reference_id'], unique: true }],
  },
)
export type TaxRateRule = Row<typeof TaxRateRule>

/** By the names of their tables. */
export const models = {
  tax_provider: TaxProvider,
  tax_region: TaxRegion,
  tax_rate: TaxRate,
  tax_rate_rule: TaxRateRule,
}
