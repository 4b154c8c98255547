import { sql } from 'kysely'
import { Service } from '../../framework/model/service.ts'
import type { AuthIdentity, EndedSession, ProviderIdentity } from './models.ts'
import { identityTaken, isSomebody } from './rules/identity.ts'

/** Somebody who is to be able to log in. */
export interface NewAuthIdentity {
  id: string
  provider_identity_id: string
  provider: string
  entity_id: string
  /** As JSON, sealed (`framework/secrets.ts`): it has come through a history. */
  provider_metadata: string
  /** Who that is in this shop: `{ user_id }`. */
  app_metadata?: Record<string, string>
}

type Models = {
  auth_identity: typeof AuthIdentity
  provider_identity: typeof ProviderIdentity
  ended_session: typeof EndedSession
}

/** Who can log in. Of two who want to be known by the same at once, one is refused. */
export class AuthService extends Service<Models> {
  /** @throws Problem `unauthorized` where somebody is known by this already. */
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
   * For those whom the shop itself lets in. Whoever has registered by the same, and is nobody in this shop, is forgotten: anybody
   * can register, and would hold the way in by a password of their own.
   *
   * @throws Problem `unauthorized` where who is known by this is somebody.
   */
  createAuthIdentities = async (identities: NewAuthIdentity[]): Promise<string[]> => {
    await this.rows.auth_identity.softDelete(await this.#nobodies(identities))
    return this.registerAuthIdentities(identities)
  }

  /** Actors who are gone log in as them no more; an identity that is nobody's then goes as well. */
  detachActors = async (actorType: string, ids: string[]): Promise<void> => {
    const key = `${actorType}_id`
    const { rows: identities } = await sql<Pick<AuthIdentity, 'id' | 'app_metadata'>>`
      select id, app_metadata from ${this.table('auth_identity')}
      where app_metadata ->> ${key} = any(${ids}) and deleted_at is null order by id for update`.execute(this.db)
    const changes = identities.map(({ id, app_metadata }) => {
      const { [key]: _, ...left } = app_metadata ?? {}
      return { id, app_metadata: left }
    })
    await this.rows.auth_identity.update(changes)
    await this.rows.auth_identity.softDelete(
      changes.filter((change) => !isSomebody(change.app_metadata)).map(({ id }) => id),
    )
  }

  /** Sessions that would have ended by themselves by now are forgotten on the way. */
  endSessions = async (sessions: EndedSession[]): Promise<void> => {
    const { rows: over } = await sql<{ id: string }>`
      select id from ${this.table('ended_session')} where ends_at < now() for update skip locked`.execute(this.db)
    await this.rows.ended_session.deleteWhere({ id: over.map(({ id }) => id) })
    await this.rows.ended_session.createMissing(sessions, ['id'])
  }

  /** Those of the same entity who are nobody in this shop, locked: they do not become somebody meanwhile. */
  async #nobodies(identities: Pick<NewAuthIdentity, 'provider' | 'entity_id'>[]): Promise<string[]> {
    const [providers, entities] = [identities.map(({ provider }) => provider), identities.map((one) => one.entity_id)]
    const { rows: found } = await sql<Pick<AuthIdentity, 'id' | 'app_metadata'>>`
      select a.id, a.app_metadata from ${this.table('provider_identity')} p
        join ${this.table('auth_identity')} a on a.id = p.auth_identity_id
      where (p.provider, p.entity_id) in (select * from unnest(${providers}::text[], ${entities}::text[]))
        and p.deleted_at is null order by a.id for update`.execute(this.db)
    return found.filter(({ app_metadata }) => !isSomebody(app_metadata)).map(({ id }) => id)
  }
}
