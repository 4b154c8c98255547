/** What a login reads: statements of the HTTP process, on its read-only connections. They see what no answer shows. */
import type { AnyDatabase } from '../../framework/database.ts'
import { preparedText } from '../../framework/postgres/statement.ts'
import type { KnownIdentity } from './provider.ts'

const BY_ENTITY = `select a.id, p.entity_id, p.provider_metadata, a.app_metadata
  from auth.provider_identity p join auth.auth_identity a on a.id = p.auth_identity_id
  where p.provider = $1 and p.entity_id = $2 and p.deleted_at is null and a.deleted_at is null`

/** Whom a provider knows by this. */
export async function findIdentity(
  db: AnyDatabase,
  provider: string,
  entityId: string,
): Promise<KnownIdentity | undefined> {
  const { rows } = await db.executeQuery<KnownIdentity>(preparedText(BY_ENTITY, [provider, entityId]))
  return rows[0]
}
