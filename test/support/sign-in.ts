/** The user of a world, created by the change that `turri user create` starts. */
import { claimsOf, createTokens } from '../../api/auth/tokens.ts'
import { sealedAccount } from '../../cli/user-account.ts'
import type { Config } from '../../framework/config.ts'
import type { Runner } from '../../framework/run.ts'
import { identityWith } from '../../modules/auth/emailpass.ts'
import type { NewIdentity } from '../../modules/auth/provider.ts'
import { createUserAccount } from '../../workflows/user/create-user-account.ts'
import type { World } from './world.ts'

/** The administrator of a world. */
export const ADMIN = { email: 'admin@world.test', password: 'a password of tests' }

let identity: Promise<NewIdentity> | undefined

/** Hashed once for all worlds of a test file, because hashing is slow on purpose. */
function identityOfAdmin(): Promise<NewIdentity> {
  identity ??= identityWith(ADMIN.email, ADMIN.password)
  return identity
}

/** @param runner absent if the world has no worker: the user is then written by SQL and cannot log in. */
export async function signIn({ secrets }: Config, sql: World['sql'], runner: Runner | undefined): Promise<string> {
  const { bearer } = createTokens(secrets)
  if (!runner) {
    const id = 'user_00000000000000000000000000'
    await sql(`insert into "user"."user" (id, email) values ($1, $2) on conflict do nothing`, [id, ADMIN.email])
    return bearer.sign(claimsOf('user', 'emailpass', { id: '', app_metadata: { user_id: id } }))
  }
  const account = sealedAccount({ email: ADMIN.email }, await identityOfAdmin(), secrets)
  const outcome = await runner.run(createUserAccount, account)
  if (outcome.state !== 'done') throw new Error('The user of the world is still being made')
  const app_metadata = { user_id: outcome.answer.id }
  const [row] = await sql<{ id: string }>('select id from auth.auth_identity where app_metadata = $1', [app_metadata])
  return bearer.sign(claimsOf('user', 'emailpass', { id: row!.id, app_metadata }))
}
