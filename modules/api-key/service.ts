import { sql } from 'kysely'
import type { Change, PublicRow } from '../../framework/model/model.ts'
import { Service } from '../../framework/model/service.ts'
import { Problem } from '../../framework/problem.ts'
import { digestOf, redactedOf } from './keys.ts'
import type { ApiKey } from './models.ts'

export interface NewApiKey {
  id: string
  title: string
  type: ApiKey['type']
  created_by: string
}

export interface Revocation {
  id: string
  /** When the key becomes invalid, ISO 8601. */
  revoked_at: string
  revoked_by: string
}

export class ApiKeyService extends Service<{ api_key: typeof ApiKey }> {
  /** The token is derived from the id here, so that a secret one is neither in a workflow history nor in the table. */
  createApiKeys = (keys: NewApiKey[]): Promise<PublicRow<typeof ApiKey>[]> =>
    this.rows.api_key.create(
      keys.map((key) => {
        const isSecret = key.type === 'secret'
        const token = this.secrets.tokenFor(isSecret ? 'sk' : 'pk', key.id)
        const stored = isSecret ? { digest: digestOf(this.secrets, token) } : { token }
        return { ...key, ...stored, redacted: redactedOf(token) }
      }),
    )

  updateApiKeys = (keys: Change<typeof ApiKey>[]) => this.rows.api_key.update(keys)

  /** A key that is already revoked stays as it is; the time of a future revocation can change. */
  revokeApiKeys = async (revocations: Revocation[]): Promise<PublicRow<typeof ApiKey>[]> => {
    const keys = await this.#lock(revocations.map(({ id }) => id))
    const revoked = new Set(keys.filter(({ isRevoked }) => isRevoked).map(({ id }) => id))
    await this.rows.api_key.update(revocations.filter(({ id }) => !revoked.has(id)))
    return this.rows.api_key.list({ ids: revocations.map(({ id }) => id) })
  }

  /** @throws Problem `not_allowed` if a key is not revoked. */
  deleteApiKeys = async (ids: string[]): Promise<string[]> => {
    const valid = (await this.#lock(ids)).find(({ isRevoked }) => !isRevoked)
    if (valid)
      throw new Problem('not_allowed', `The API key ${valid.id} is not revoked: revoke it before you delete it`)
    return this.rows.api_key.softDelete(ids)
  }

  async #lock(ids: string[]): Promise<LockedKey[]> {
    const { rows } = await sql<LockedKey>`
      select id, coalesce(revoked_at <= now(), false) as "isRevoked" from ${this.table('api_key')}
      where id = any(${ids}) and deleted_at is null order by id for update`.execute(this.db)
    return rows
  }
}

interface LockedKey {
  id: string
  isRevoked: boolean
}
