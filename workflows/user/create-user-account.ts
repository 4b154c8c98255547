import { emit, newId } from '../../framework/workflow/index.ts'
import type { User } from '../../modules/user/models.ts'
import { write } from '../steps.ts'

export interface CreateUserAccountInput {
  user: Pick<User, 'email'> & Partial<Pick<User, 'first_name' | 'last_name'>>
  /** How they log in: what the provider knows them by, and, sealed, what it keeps about them. */
  auth_identity: { provider: string; entity_id: string; provider_metadata: string }
}

/**
 * Adds a user who can log in. Of two with one email at once, one is refused; whoever registered by it before, and is nobody in
 * this shop, does not get in by it.
 */
export async function createUserAccount({ user, auth_identity }: CreateUserAccountInput): Promise<User> {
  const id = newId('user')
  emit('user.created', { id })
  const [created] = await write.createUsers([{ ...user, id }])
  await write.createAuthIdentities([
    {
      ...auth_identity,
      id: newId('authid'),
      provider_identity_id: newId('provid'),
      app_metadata: { user_id: id },
    },
  ])
  return created!
}
