/** Users that a command makes. */
import { z } from 'zod'
import type { NewUserAccount } from '../activities/user/users.ts'
import type { Secrets } from '../framework/secrets.ts'
import { emailpass, identityWith } from '../modules/auth/emailpass.ts'
import type { NewIdentity } from '../modules/auth/provider.ts'

export interface NewUser {
  email: string
  password: string
  first_name?: string
  last_name?: string
}

const MIN_PASSWORD = 8

/**
 * What `createUserAccount` is asked with: the password is hashed before anything is started, and the hash is sealed.
 *
 * @throws where it is no email, or too short a password.
 */
export async function userAccountOf({ password, ...user }: NewUser, secrets: Secrets): Promise<NewUserAccount> {
  if (!z.email().safeParse(user.email).success) throw new Error(`'${user.email}' is no email address`)
  if (password.length < MIN_PASSWORD) throw new Error(`A password has ${MIN_PASSWORD} characters or more`)
  return sealedAccount(user, await identityWith(user.email, password), secrets)
}

export function sealedAccount(
  user: Omit<NewUser, 'password'>,
  { entity_id, provider_metadata }: NewIdentity,
  secrets: Secrets,
): NewUserAccount {
  const sealed = secrets.seal(JSON.stringify(provider_metadata))
  return {
    user: { first_name: user.email.split('@')[0]!, last_name: '', ...user, email: user.email.toLowerCase() },
    auth_identity: { provider: emailpass.identifier, entity_id, provider_metadata: sealed },
  }
}
