import { id, json, model, type Row, text, timestamp, timestamps } from '../../framework/model/model.ts'
import { belongsTo, hasMany } from '../../framework/model/relations.ts'

/** Somebody who can log in, and who that is in this shop: `app_metadata` holds `user_id`, `customer_id`. */
export const AuthIdentity = model(
  'auth_identity',
  {
    id: id('authid'),
    app_metadata: json().nullable(),
    ...timestamps(),
  },
  { relations: { provider_identities: hasMany('provider_identity').cascade() } },
)
export type AuthIdentity = Row<typeof AuthIdentity>

/** What a provider knows somebody by, such as an email address, and what it keeps about them. */
export const ProviderIdentity = model(
  'provider_identity',
  {
    id: id('provid'),
    entity_id: text(),
    provider: text(),
    auth_identity_id: text(),
    user_metadata: json().nullable(),
    provider_metadata: json().nullable().secret(),
    ...timestamps(),
  },
  {
    relations: { auth_identity: belongsTo('auth_identity') },
    indexes: [{ columns: ['entity_id', 'provider'], unique: true }],
  },
)
export type ProviderIdentity = Row<typeof ProviderIdentity>

/** A session that was ended before its time: its cookie lets nobody in any more. Forgotten when it would have ended by itself. */
export const EndedSession = model('ended_session', { id: id('sess'), ends_at: timestamp() })
export type EndedSession = Row<typeof EndedSession>

/** By the names of their tables. */
export const models = { auth_identity: AuthIdentity, provider_identity: ProviderIdentity, ended_session: EndedSession }
