import { id, json, model, type Row, text, timestamp, timestamps } from '../../framework/model/model.ts'
import { belongsTo, hasMany } from '../../framework/model/relations.ts'

/** An identity that can log in. `app_metadata` holds the `user_id` and `customer_id` that it belongs to. */
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

/** The id that a provider uses for an identity, such as an email address, and the data that it stores. */
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

/** A session that was ended before it expired, so that its cookie is no longer accepted. Deleted after it has expired. */
export const EndedSession = model('ended_session', { id: id('sess'), ends_at: timestamp() })
export type EndedSession = Row<typeof EndedSession>

/** By the names of their tables. */
export const models = { auth_identity: AuthIdentity, provider_identity: ProviderIdentity, ended_session: EndedSession }
