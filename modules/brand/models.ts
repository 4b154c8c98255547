import { id, json, model, type Row, text, timestamps } from '../../framework/model/model.ts'

/** Who makes what the shop sells. */
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
