import { boolean, id, json, model, type Row, text, timestamps } from '../../framework/model/model.ts'
import { belongsTo, hasMany } from '../../framework/model/relations.ts'

/** The shop as a whole, with the defaults of requests. */
export const Store = model(
  'store',
  {
    id: id('store'),
    name: text().default('Turritopsis Store').searchable(),
    default_sales_channel_id: text().nullable(),
    default_region_id: text().nullable(),
    default_location_id: text().nullable(),
    metadata: json().nullable(),
    ...timestamps(),
  },
  {
    relations: {
      supported_currencies: hasMany('store_currency').cascade(),
      supported_locales: hasMany('store_locale').cascade(),
    },
  },
)
export type Store = Row<typeof Store>

/** A currency of a store. */
export const StoreCurrency = model(
  'store_currency',
  {
    id: id('stocur'),
    currency_code: text().searchable(),
    is_default: boolean().default(false),
    store_id: text().nullable(),
    ...timestamps(),
  },
  {
    relations: { store: belongsTo('store') },
    indexes: [
      { columns: ['store_id', 'currency_code'], unique: true },
      { columns: ['store_id'], unique: true, where: 'is_default' },
    ],
  },
)
export type StoreCurrency = Row<typeof StoreCurrency>

/** A locale of a store. */
export const StoreLocale = model(
  'store_locale',
  { id: id('stloc'), locale_code: text().searchable(), store_id: text().nullable(), ...timestamps() },
  { relations: { store: belongsTo('store') }, indexes: [{ columns: ['store_id', 'locale_code'], unique: true }] },
)
export type StoreLocale = Row<typeof StoreLocale>

/** By the names of their tables. */
export const models = { store: Store, store_currency: StoreCurrency, store_locale: StoreLocale }
