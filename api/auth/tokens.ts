/** Bearer tokens and sessions: both are signed, neither is stored. A session has an id, by which it can be ended before its time. */
import { type JWTPayload, jwtVerify, SignJWT } from 'jose'
import { newUlid } from '../../framework/new-ulid.ts'
import type { Secrets } from '../../framework/secrets.ts'
import type { KnownIdentity } from '../../modules/auth/provider.ts'

/** What a token says about who brings it (`api/http-semantics.md` 3.3). */
export interface Claims {
  /** Empty where the identity is not yet an actor of that type. */
  actor_id: string
  actor_type: string
  auth_identity_id: string
  auth_provider: string
  mfa_enabled: boolean
  mfa_challenge_completed_at: string | null
  app_metadata: Record<string, unknown>
  user_metadata: Record<string, unknown>
}

/** How long a session lasts, in s. */
export const SESSION_S = 10 * 60 * 60
const TOKEN_S = 24 * 60 * 60
const ALGORITHM = 'HS256'

/** The same with the token's own id and times. */
export type SignedClaims = Claims & JWTPayload

/** One kind of token: one of another kind is none. */
export interface Signer {
  sign(claims: Claims): Promise<string>
  /** What it says; undefined where it is not ours, changed or expired. */
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

/** What a token of this identity says, for an actor of this type. */
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
