import { boolean, id, json, model, type Row, sameAs, text, timestamps } from '../../framework/model/model.ts'
import { belongsTo, hasMany } from '../../framework/model/relations.ts'

/** Where the shop sells in one currency. */
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

/** A country of the world, in one region at most. Its code of two letters is its key. */
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
