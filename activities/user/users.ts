import { decide } from '../../framework/activities/decide.ts'
import { defineActivities } from '../../framework/activities/define.ts'
import { auth } from '../../modules/auth/index.ts'
import { user } from '../../modules/user/index.ts'
import type { User } from '../../modules/user/models.ts'

export interface NewUserAccount {
  user: Pick<User, 'email'> & Partial<Pick<User, 'first_name' | 'last_name'>>
  /** The login: the id that the provider uses and, sealed, the data that it stores. */
  auth_identity: { provider: string; entity_id: string; provider_metadata: string }
}

/** Users and their logins change together: a login without a user would block its email. */
export const userActivities = defineActivities(user, {
  write: ['updateUsers'],
  decide: {
    createUserAccount: decide({
      modules: { user, auth },
      rule: (_, { user, auth_identity }: NewUserAccount, newId) => {
        const id = newId('user')
        const ids = { id: newId('authid'), provider_identity_id: newId('provid') }
        return { user: { ...user, id }, identity: { ...auth_identity, ...ids, app_metadata: { user_id: id } } }
      },
      write: async (services, { user, identity }) => {
        await services.user.createUsers([user])
        await services.auth.createAuthIdentities([identity])
        return { id: user.id, email: user.email }
      },
      events: ({ user }) => ({ 'user.created': [user.id] }),
    }),
    removeUserAccounts: decide({
      modules: { user, auth },
      rule: (_, ids: string[]) => ids,
      write: async ({ user, auth }, ids) => {
        await user.deleteUsers(ids)
        await auth.detachActors('user', ids)
        return ids
      },
      events: (ids) => ({ 'user.deleted': ids }),
    }),
  },
})
