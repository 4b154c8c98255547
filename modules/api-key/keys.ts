/** The tokens of secret API keys: how they are stored and found (`docs/decisions/0040-secret-keys-are-digested.md`). */
import type { AnyDatabase } from '../../framework/database.ts'
import { preparedText } from '../../framework/postgres/statement.ts'
import type { Secrets } from '../../framework/secrets.ts'

/** The digest that is stored of a secret token. The token has 256 random bits, so one HMAC is enough. */
export function digestOf(secrets: Secrets, token: string): string {
  return secrets.digest('api-key digest', token)
}

/** `sk_123***abc`: the form in which keys are displayed. */
export function redactedOf(token: string): string {
  return `${token.slice(0, 6)}***${token.slice(-3)}`
}

const BY_DIGEST = `select id from api_key.api_key
  where digest = $1 and deleted_at is null and (revoked_at is null or revoked_at > now())`

/** The id of the secret key with this token, unless it is revoked: one index lookup. */
export async function findSecretKey(db: AnyDatabase, secrets: Secrets, token: string): Promise<string | undefined> {
  const query = preparedText(BY_DIGEST, [digestOf(secrets, token)])
  const { rows } = await db.executeQuery<{ id: string }>(query)
  return rows[0]?.id
}
