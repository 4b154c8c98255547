/** The query of a login, on the read-only connections of the HTTP process. It reads columns that no response contains. */
import type { AnyDatabase } from '../../framework/database.ts'
import { preparedText } from '../../framework/postgres/statement.ts'
import type { KnownIdentity } from './provider.ts'

const BY_ENTITY = `select a.id, p.entity_id, p.provider_metadata, a.app_metadata
  from auth.provider_identity p join auth.auth_identity a on a.id = p.auth_identity_id
  where p.provider = $1 and p.entity_id = $2 and p.deleted_at is null and a.deleted_at is null`

/** Finds an identity by the id that the provider uses, such as an email. */
export async function findIdentity(
  db: AnyDatabase,
  provider: string,
  entityId: string,
): Promise<KnownIdentity | undefined> {
  const { rows } = await db.executeQuery<KnownIdentity>(preparedText(BY_ENTITY, [provider, entityId]))
  return rows[0]
}
