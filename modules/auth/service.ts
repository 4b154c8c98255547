import { sql } from 'kysely'
import { Service } from '../../framework/model/service.ts'
import type { AuthIdentity, EndedSession, ProviderIdentity } from './models.ts'
import { hasActor, identityTaken } from './rules/identity.ts'

export interface NewAuthIdentity {
  id: string
  provider_identity_id: string
  provider: string
  entity_id: string
  /** JSON, sealed (`framework/secrets.ts`) because it passes through a workflow history. */
  provider_metadata: string
  /** `{ user_id }` */
  app_metadata?: Record<string, string>
}

type Models = {
  auth_identity: typeof AuthIdentity
  provider_identity: typeof ProviderIdentity
  ended_session: typeof EndedSession
}

export class AuthService extends Service<Models> {
  /** @throws Problem `unauthorized` if the provider knows an identity already. */
  registerAuthIdentities = async (identities: NewAuthIdentity[]): Promise<string[]> => {
    await this.rows.auth_identity.create(
      identities.map(({ id, app_metadata }) => ({ id, app_metadata })),
      { returning: false },
    )
    const rows = identities.map(({ id, provider_identity_id, provider, entity_id, provider_metadata }) => ({
      id: provider_identity_id,
      auth_identity_id: id,
      provider,
      entity_id,
      provider_metadata: JSON.parse(this.secrets.open(provider_metadata)) as Record<string, unknown>,
    }))
    const created = await this.rows.provider_identity.createMissing(rows, ['entity_id', 'provider'])
    if (created.length < rows.length) throw identityTaken()
    return identities.map(({ id }) => id)
  }

  /**
   * Creates identities of users. Existing identities without an actor are deleted: anybody can register with the email of a future
   * user, and must not get access with their own password.
   *
   * @throws Problem `unauthorized` if an existing identity has an actor.
   */
  createAuthIdentities = async (identities: NewAuthIdentity[]): Promise<string[]> => {
    await this.rows.auth_identity.softDelete(await this.#withoutActor(identities))
    return this.registerAuthIdentities(identities)
  }

  /** Removes deleted actors from their identities, and deletes identities that are left without an actor. */
  detachActors = async (actorType: string, ids: string[]): Promise<void> => {
    const key = `${actorType}_id`
    const { rows: identities } = await sql<Pick<AuthIdentity, 'id' | 'app_metadata'>>`
      select id, app_metadata from ${this.table('auth_identity')}
      where app_metadata ->> ${key} = any(${ids}) and deleted_at is null order by id for update`.execute(this.db)
    const changes = identities.map(({ id, app_metadata }) => {
      const { [key]: _, ...otherActors } = app_metadata ?? {}
      return { id, app_metadata: otherActors }
    })
    await this.rows.auth_identity.update(changes)
    await this.rows.auth_identity.softDelete(
      changes.filter((change) => !hasActor(change.app_metadata)).map(({ id }) => id),
    )
  }

  /** Also deletes ended sessions that have expired since. */
  endSessions = async (sessions: EndedSession[]): Promise<void> => {
    const { rows: expired } = await sql<{ id: string }>`
      select id from ${this.table('ended_session')} where ends_at < now() for update skip locked`.execute(this.db)
    await this.rows.ended_session.deleteWhere({ id: expired.map(({ id }) => id) })
    await this.rows.ended_session.createMissing(sessions, ['id'])
  }

  /** The ids of existing identities without an actor, locked so that they do not get one meanwhile. */
  async #withoutActor(identities: Pick<NewAuthIdentity, 'provider' | 'entity_id'>[]): Promise<string[]> {
    const [providers, entities] = [identities.map(({ provider }) => provider), identities.map((one) => one.entity_id)]
    const { rows } = await sql<Pick<AuthIdentity, 'id' | 'app_metadata'>>`
      select a.id, a.app_metadata from ${this.table('provider_identity')} p
        join ${this.table('auth_identity')} a on a.id = p.auth_identity_id
      where (p.provider, p.entity_id) in (select * from unnest(${providers}::text[], ${entities}::text[]))
        and p.deleted_at is null order by a.id for update`.execute(this.db)
    return rows.filter(({ app_metadata }) => !hasActor(app_metadata)).map(({ id }) => id)
  }
}
