import { id, json, model, type Row, text, timestamps } from '../../framework/model/model.ts'

/** Somebody who runs the shop. How they log in is the business of `auth`. */
export const User = model('user', {
  id: id('user'),
  first_name: text().nullable().searchable(),
  last_name: text().nullable().searchable(),
  email: text().unique().searchable(),
  avatar_url: text().nullable(),
  metadata: json().nullable(),
  ...timestamps(),
})
export type User = Row<typeof User>
