import {
  choice,
  id,
  model,
  type PublicRow,
  type Row,
  text,
  timestamp,
  timestamps,
} from '../../framework/model/model.ts'

/** A key of a storefront (`publishable`) or a program (`secret`). Only a digest of a secret token is stored. */
export const ApiKey = model(
  'api_key',
  {
    id: id('apk'),
    /** Null if the key is secret. */
    token: text().nullable().unique(),
    digest: text().nullable().unique().secret(),
    redacted: text().searchable(),
    title: text().searchable(),
    type: choice('publishable', 'secret'),
    last_used_at: timestamp().nullable(),
    created_by: text(),
    revoked_by: text().nullable(),
    revoked_at: timestamp().nullable(),
    ...timestamps(),
  },
  { indexes: [{ columns: ['revoked_at'] }, { columns: ['redacted'] }, { columns: ['type'] }] },
)
export type ApiKey = Row<typeof ApiKey>
export type PublicApiKey = PublicRow<typeof ApiKey>
