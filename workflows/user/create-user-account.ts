import { emit, newId } from '../../framework/workflow/index.ts'
import type { User } from '../../modules/user/models.ts'
import { together } from '../steps.ts'

export interface CreateUserAccountInput {
  user: Pick<User, 'email'> & Partial<Pick<User, 'first_name' | 'last_name'>>
  /** How they log in: what the provider knows them by, and, sealed, what it keeps about them. */
  auth_identity: { provider: string; entity_id: string; provider_metadata: string }
}

/**
 * Adds a user who can log in. Of two with one email at once, one is refused; whoever registered by it before, and is nobody in
 * this shop, does not get in by it. It is one step: who deleted the user before they can log in would leave the way in of nobody, and
 * nobody could be added by that email again.
 */
export async function createUserAccount({
  user,
  auth_identity,
}: CreateUserAccountInput): Promise<Pick<User, 'id' | 'email'>> {
  const id = newId('user')
  emit('user.created', { id })
  await together((write) => {
    write.createUsers([{ ...user, id }])
    write.createAuthIdentities([
      {
        ...auth_identity,
        id: newId('authid'),
        provider_identity_id: newId('provid'),
        app_metadata: { user_id: id },
      },
    ])
  })
  return { id, email: user.email }
}
