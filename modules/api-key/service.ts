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
  /** From when on it lets nobody in, ISO 8601. */
  revoked_at: string
  revoked_by: string
}

/** Keys that let storefronts and programs in. */
export class ApiKeyService extends Service<{ api_key: typeof ApiKey }> {
  /** The token is made here, of the id: a secret one is neither in a history nor in the table. */
  createApiKeys = (keys: NewApiKey[]): Promise<PublicRow<typeof ApiKey>[]> =>
    this.rows.api_key.create(
      keys.map((key) => {
        const isSecret = key.type === 'secret'
        const token = this.secrets.tokenFor(isSecret ? 'sk' : 'pk', key.id)
        const kept = isSecret ? { digest: digestOf(this.secrets, token) } : { token }
        return { ...key, ...kept, redacted: redactedOf(token) }
      }),
    )

  updateApiKeys = (keys: Change<typeof ApiKey>[]) => this.rows.api_key.update(keys)

  /** A key that lets nobody in any more stays as it is; one that is yet to be revoked may be so sooner or later. */
  revokeApiKeys = async (revocations: Revocation[]): Promise<PublicRow<typeof ApiKey>[]> => {
    const over = new Set((await this.#locked(revocations.map(({ id }) => id))).filter(isOver).map(({ id }) => id))
    await this.rows.api_key.update(revocations.filter(({ id }) => !over.has(id)))
    return this.rows.api_key.list({ ids: revocations.map(({ id }) => id) })
  }

  /** @throws Problem `not_allowed` where one still lets somebody in. */
  deleteApiKeys = async (ids: string[]): Promise<string[]> => {
    const alive = (await this.#locked(ids)).find((key) => !isOver(key))
    if (alive)
      throw new Problem('not_allowed', `The API key ${alive.id} is not revoked: revoke it before you delete it`)
    return this.rows.api_key.softDelete(ids)
  }

  async #locked(ids: string[]): Promise<Held[]> {
    const { rows } = await sql<Held>`
      select id, coalesce(revoked_at <= now(), false) as "isOver" from ${this.table('api_key')}
      where id = any(${ids}) and deleted_at is null order by id for update`.execute(this.db)
    return rows
  }
}

interface Held {
  id: string
  isOver: boolean
}

const isOver = (key: Held) => key.isOver
