import { boolean, id, json, model, type Row, sameAs, text, timestamps } from '../../framework/model/model.ts'
import { belongsTo, hasMany } from '../../framework/model/relations.ts'

/** Countries with a common currency. */
export const Region = model(
  'region',
  {
    id: id('reg'),
    name: text().searchable(),
    currency_code: text().searchable(),
    automatic_taxes: boolean().default(true),
    metadata: json().nullable(),
    ...timestamps(),
  },
  { relations: { countries: hasMany('region_country') } },
)
export type Region = Row<typeof Region>

/** A country, in at most one region. Its key is the two-letter code. */
export const Country = model(
  'region_country',
  {
    id: sameAs('iso_2'),
    iso_2: text().searchable(),
    iso_3: text(),
    num_code: text(),
    name: text().searchable(),
    display_name: text(),
    region_id: text().nullable(),
    metadata: json().nullable(),
    ...timestamps(),
  },
  { title: 'Country', relations: { region: belongsTo('region') } },
)
export type Country = Row<typeof Country>

/** By the names of their tables. */
export const models = { region: Region, region_country: Country }
