/** The credentials of a request: bearer token, session cookie or secret API key. */
import type { Context } from 'hono'
import { getCookie } from 'hono/cookie'
import { HTTPException } from 'hono/http-exception'
import type { AppEnv } from '../../framework/http/router.ts'
import { shape } from '../../query/shape.ts'
import type { SignedClaims, Tokens } from './tokens.ts'

export const SESSION_COOKIE = 'connect.sid'

/** The claims of the first valid token; tokens of other actor types are skipped. */
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

/** Whether the session was ended before it expired. */
async function isEnded(c: Context<AppEnv>, { jti }: SignedClaims): Promise<boolean> {
  if (!jti) return false
  return (await c.var.query.first(EndedSession, { id: jti })) !== undefined
}

/** The credentials of the `Authorization` header, if it has this scheme. */
export function authorization(c: Context, expected: 'basic' | 'bearer'): string | undefined {
  const [, scheme, value] = /^(\S+)\s+(\S+)\s*$/.exec(c.req.header('authorization') ?? '') ?? []
  return scheme?.toLowerCase() === expected ? value : undefined
}

/** The secret key of Basic authentication: plain, or base64 with or without the colon. */
export function secretKeyOf(c: Context): string | undefined {
  const value = authorization(c, 'basic')
  if (value === undefined || value.startsWith('sk_')) return value
  return Buffer.from(value, 'base64').toString('utf8').replace(/:$/, '')
}

/** 401 with only a message, as clients of the API expect. */
export function unauthorized(message = 'Unauthorized'): HTTPException {
  return new HTTPException(401, { res: Response.json({ message }, { status: 401 }) })
}
