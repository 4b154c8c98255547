/** What a request brings to say who sends it. */
import type { Context } from 'hono'
import { getCookie } from 'hono/cookie'
import { HTTPException } from 'hono/http-exception'
import type { AppEnv } from '../../framework/http/router.ts'
import { shape } from '../../query/shape.ts'
import type { SignedClaims, Tokens } from './tokens.ts'

export const SESSION_COOKIE = 'connect.sid'

/** The first of these that holds says who it is; one of another kind of actor than is asked for is passed over. */
export async function claimsBy(
  c: Context<AppEnv>,
  tokens: Tokens,
  ways: readonly (keyof Tokens)[],
  actorType?: string,
): Promise<SignedClaims | undefined> {
  for (const way of ways) {
    const token = way === 'bearer' ? authorization(c, 'bearer') : getCookie(c, SESSION_COOKIE)
    const claims = token ? await tokens[way].verify(token) : undefined
    if (!claims || (actorType && claims.actor_type !== actorType)) continue
    if (!(await isEnded(c, claims))) return claims
  }
  return undefined
}

const EndedSession = shape('ended_session', { id: true })

/** Of sessions: whether it was ended before its time. */
async function isEnded(c: Context<AppEnv>, { jti }: SignedClaims): Promise<boolean> {
  if (!jti) return false
  return (await c.var.query.first(EndedSession, { id: jti })) !== undefined
}

/** What follows the scheme, whose case does not matter. */
export function authorization(c: Context, wanted: 'basic' | 'bearer'): string | undefined {
  const [, scheme, value] = /^(\S+)\s+(\S+)\s*$/.exec(c.req.header('authorization') ?? '') ?? []
  return scheme?.toLowerCase() === wanted ? value : undefined
}

/** The secret key of Basic authentication: as it is, or in base64 with or without the colon. */
export function secretKeyOf(c: Context): string | undefined {
  const given = authorization(c, 'basic')
  if (given === undefined || given.startsWith('sk_')) return given
  return Buffer.from(given, 'base64').toString('utf8').replace(/:$/, '')
}

/** 401 with nothing but this message (`api/http-semantics.md` 3.1). */
export function unauthorized(message = 'Unauthorized'): HTTPException {
  return new HTTPException(401, { res: Response.json({ message }, { status: 401 }) })
}
