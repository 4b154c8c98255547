/** The input of `createUserAccount` for users that a command creates. */
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
 * Hashes the password before a workflow starts, and seals the hash.
 *
 * @throws if the email is invalid or the password too short.
 */
export async function userAccountOf({ password, ...user }: NewUser, secrets: Secrets): Promise<NewUserAccount> {
  if (!z.email().safeParse(user.email).success) throw new Error(`'${user.email}' is not an email address`)
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
