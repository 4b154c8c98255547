import { id, json, model, type Row, text, timestamps } from '../../framework/model/model.ts'

/** A user of the admin. Logins are in the `auth` module. */
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
