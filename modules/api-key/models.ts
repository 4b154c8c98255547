import { choice, id, model, type Row, text, timestamp, timestamps } from '../../framework/model/model.ts'

/** Lets a storefront (`publishable`) or a program (`secret`) in. Of a secret token only a digest is kept. */
export const ApiKey = model(
  'api_key',
  {
    id: id('apk'),
    /** Of a publishable key; null of a secret one. */
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
