import { boolean, id, json, model, type Row, text, timestamps } from '../../framework/model/model.ts'

/** A web shop, a point of sale or a marketplace. */
export const SalesChannel = model('sales_channel', {
  id: id('sc'),
  name: text().searchable(),
  description: text().nullable().searchable(),
  is_disabled: boolean().default(false),
  metadata: json().nullable(),
  ...timestamps(),
})
export type SalesChannel = Row<typeof SalesChannel>
