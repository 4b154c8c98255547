import { id, json, model, type Row, text, timestamps } from '../../framework/model/model.ts'
import { belongsTo, hasOne } from '../../framework/model/relations.ts'

/** A place where inventory is stocked and shipped from. */
export const StockLocation = model(
  'stock_location',
  {
    id: id('sloc'),
    name: text().searchable(),
    metadata: json().nullable(),
    address_id: text().nullable(),
    ...timestamps(),
  },
  { relations: { address: belongsTo('stock_location_address').searchable() } },
)
export type StockLocation = Row<typeof StockLocation>

export const StockLocationAddress = model(
  'stock_location_address',
  {
    id: id('laddr'),
    address_1: text().searchable(),
    address_2: text().nullable().searchable(),
    company: text().nullable(),
    city: text().nullable().searchable(),
    country_code: text().searchable(),
    phone: text().nullable(),
    province: text().nullable().searchable(),
    postal_code: text().nullable().searchable(),
    metadata: json().nullable(),
    ...timestamps(),
  },
  { relations: { stock_locations: hasOne('stock_location', { by: 'address_id' }).cascade() } },
)
export type StockLocationAddress = Row<typeof StockLocationAddress>

/** By the names of their tables. */
export const models = { stock_location: StockLocation, stock_location_address: StockLocationAddress }
