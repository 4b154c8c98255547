/** `/auth/session` and `/auth/token/refresh`. */
import type { Context } from 'hono'
import { deleteCookie, setCookie } from 'hono/cookie'
import { type AppEnv, createRouter, json, type Router, route, z } from '../../framework/http/router.ts'
import type { KnownIdentity } from '../../modules/auth/provider.ts'
import { shape } from '../../query/shape.ts'
import { endSession } from '../../workflows/auth/end-session.ts'
import { claimsBy, SESSION_COOKIE, unauthorized } from './credentials.ts'
import { claimsOf, SESSION_S, type Tokens } from './tokens.ts'

const tags = ['auth']
const unauthenticated = { 401: { description: 'The request is not authenticated' } }

const begin = route({
  method: 'post',
  path: '/auth/session',
  tags,
  summary: 'Create a session',
  description: 'For browsers: exchanges a bearer token for a signed cookie that is valid for ten hours.',
  responses: { 200: json(z.object({ user: z.looseObject({}) }), 'The claims of the token'), ...unauthenticated },
})

const end = route({
  method: 'delete',
  path: '/auth/session',
  tags,
  summary: 'Delete the session',
  description: 'Deletes the cookie; copies of it are no longer accepted.',
  responses: {
    200: json(z.object({ success: z.boolean() }), 'The session was deleted'),
    ...unauthenticated,
  },
})

const refresh = route({
  method: 'post',
  path: '/auth/token/refresh',
  tags,
  summary: 'Refresh a token',
  description: 'The new token contains the current actor of the identity.',
  responses: {
    200: json(z.object({ token: z.string() }), 'A bearer token that is valid for a day'),
    ...unauthenticated,
  },
})

/** @param options.production whether the cookie is sent only over TLS. */
export function sessionRoutes(tokens: Tokens, { production }: { production: boolean }): Router {
  const cookie = {
    path: '/',
    httpOnly: true,
    ...(production && { secure: true, sameSite: 'Lax' as const }),
  }
  const routes = createRouter()
  routes.openapi(begin, async (c) => {
    const user = await requireClaims(c, tokens, ['bearer'])
    setCookie(c, SESSION_COOKIE, await tokens.session.sign(user), { ...cookie, maxAge: SESSION_S })
    return c.json({ user: { ...user } }, 200)
  })
  routes.openapi(end, async (c) => {
    const { jti, exp } = await requireClaims(c, tokens, ['session'])
    if (jti && exp) await c.var.run(endSession, { id: jti, ends_at: new Date(exp * 1000).toISOString() })
    deleteCookie(c, SESSION_COOKIE, cookie)
    return c.json({ success: true }, 200)
  })
  routes.openapi(refresh, async (c) => {
    const { actor_type, auth_provider, auth_identity_id } = await requireClaims(c, tokens, ['session', 'bearer'])
    const identity = await identityOf(c, auth_identity_id)
    return c.json({ token: await tokens.bearer.sign(claimsOf(actor_type, auth_provider, identity)) }, 200)
  })
  return routes
}

async function requireClaims(c: Context<AppEnv>, tokens: Tokens, ways: readonly (keyof Tokens)[]) {
  const claims = await claimsBy(c, tokens, ways)
  if (!claims) throw unauthorized()
  return claims
}

const Identity = shape('auth_identity', { id: true, app_metadata: true })

/** @throws 401 if the identity has been deleted since the token was issued. */
async function identityOf(c: Context<AppEnv>, id: string): Promise<Pick<KnownIdentity, 'id' | 'app_metadata'>> {
  const identity = await c.var.query.first(Identity, { id })
  if (!identity) throw unauthorized()
  return identity
}
