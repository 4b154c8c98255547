import { id, json, model, type Row, text, timestamps } from '../../framework/model/model.ts'

/** The manufacturer or label of products. */
export const Brand = model('brand', {
  id: id('brand'),
  name: text().searchable(),
  handle: text().unique().searchable(),
  description: text().nullable(),
  website: text().nullable(),
  metadata: json().nullable(),
  ...timestamps(),
})
export type Brand = Row<typeof Brand>
