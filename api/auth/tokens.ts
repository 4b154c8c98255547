/** Bearer tokens and sessions: both are signed and not stored. A session has an id, so that it can be ended before it expires. */
import { type JWTPayload, jwtVerify, SignJWT } from 'jose'
import { newUlid } from '../../framework/new-ulid.ts'
import type { Secrets } from '../../framework/secrets.ts'
import type { KnownIdentity } from '../../modules/auth/provider.ts'

/** The claims of a token about its bearer. */
export interface Claims {
  /** Empty if the identity has no actor of that type yet. */
  actor_id: string
  actor_type: string
  auth_identity_id: string
  auth_provider: string
  mfa_enabled: boolean
  mfa_challenge_completed_at: string | null
  app_metadata: Record<string, unknown>
  user_metadata: Record<string, unknown>
}

/** The lifetime of a session in seconds. */
export const SESSION_S = 10 * 60 * 60
const TOKEN_S = 24 * 60 * 60
const ALGORITHM = 'HS256'

/** The claims with the id and times of the token. */
export type SignedClaims = Claims & JWTPayload

/** Signs and verifies one kind of token; it does not accept the other kind. */
export interface Signer {
  sign(claims: Claims): Promise<string>
  /** The claims; undefined if the token is foreign, changed or expired. */
  verify(token: string): Promise<SignedClaims | undefined>
}

export interface Tokens {
  bearer: Signer
  session: Signer
}

export function createTokens(secrets: Secrets): Tokens {
  return {
    bearer: signer(secrets.key('jwt'), TOKEN_S),
    session: signer(secrets.key('session'), SESSION_S, () => `sess_${newUlid()}`),
  }
}

function signer(key: Uint8Array, seconds: number, newId?: () => string): Signer {
  return {
    sign: ({ ...claims }) => {
      const now = Math.floor(Date.now() / 1000)
      return new SignJWT({ ...claims, iat: now, exp: now + seconds, ...(newId && { jti: newId() }) })
        .setProtectedHeader({ alg: ALGORITHM })
        .sign(key)
    },
    verify: async (token) => {
      const verified = await jwtVerify<Claims>(token, key, { algorithms: [ALGORITHM] }).catch(() => undefined)
      return verified?.payload
    },
  }
}

/** The claims of an identity, for a type of actor. */
export function claimsOf(
  actorType: string,
  provider: string,
  { id, app_metadata }: Pick<KnownIdentity, 'id' | 'app_metadata'>,
): Claims {
  const key = `${actorType}_id`
  const actorId = app_metadata?.[key]
  const isActor = typeof actorId === 'string'
  return {
    actor_id: isActor ? actorId : '',
    actor_type: actorType,
    auth_identity_id: id,
    auth_provider: provider,
    mfa_enabled: false,
    mfa_challenge_completed_at: null,
    app_metadata: isActor ? { [key]: actorId, roles: [] } : {},
    user_metadata: {},
  }
}
