/** `/auth/session` and `/auth/token/refresh`: for those who have logged in. */
import type { Context } from 'hono'
import { deleteCookie, setCookie } from 'hono/cookie'
import { type AppEnv, createRouter, json, type Router, route, z } from '../../framework/http/router.ts'
import type { KnownIdentity } from '../../modules/auth/provider.ts'
import { shape } from '../../query/shape.ts'
import { endSession } from '../../workflows/auth/end-session.ts'
import { claimsBy, SESSION_COOKIE, unauthorized } from './credentials.ts'
import { claimsOf, SESSION_S, type Tokens } from './tokens.ts'

const tags = ['auth']
const refused = { 401: { description: 'Nobody has logged in' } }

const begin = route({
  method: 'post',
  path: '/auth/session',
  tags,
  summary: 'Begin a session',
  description: 'For browsers: what a bearer token says goes into a signed cookie, for ten hours.',
  responses: { 200: json(z.object({ user: z.looseObject({}) }), 'What the token says'), ...refused },
})

const end = route({
  method: 'delete',
  path: '/auth/session',
  tags,
  summary: 'End the session',
  responses: {
    200: json(z.object({ success: z.boolean() }), 'The cookie is gone, and a copy of it is worth nothing'),
    ...refused,
  },
})

const refresh = route({
  method: 'post',
  path: '/auth/token/refresh',
  tags,
  summary: 'Get a fresh token',
  description: 'It says who its bearer is in this shop by now.',
  responses: { 200: json(z.object({ token: z.string() }), 'A bearer token, for a day'), ...refused },
})

/** @param production whether the cookie only travels over TLS. */
export function sessionRoutes(tokens: Tokens, { production }: { production: boolean }): Router {
  const cookie = {
    path: '/',
    httpOnly: true,
    ...(production && { secure: true, sameSite: 'Lax' as const }),
  }
  const routes = createRouter()
  routes.openapi(begin, async (c) => {
    const user = await required(c, tokens, ['bearer'])
    setCookie(c, SESSION_COOKIE, await tokens.session.sign(user), { ...cookie, maxAge: SESSION_S })
    return c.json({ user: { ...user } }, 200)
  })
  routes.openapi(end, async (c) => {
    const { jti, exp } = await required(c, tokens, ['session'])
    if (jti && exp) await c.var.run(endSession, { id: jti, ends_at: new Date(exp * 1000).toISOString() })
    deleteCookie(c, SESSION_COOKIE, cookie)
    return c.json({ success: true }, 200)
  })
  routes.openapi(refresh, async (c) => {
    const { actor_type, auth_provider, auth_identity_id } = await required(c, tokens, ['session', 'bearer'])
    const identity = await identityOf(c, auth_identity_id)
    return c.json({ token: await tokens.bearer.sign(claimsOf(actor_type, auth_provider, identity)) }, 200)
  })
  return routes
}

async function required(c: Context<AppEnv>, tokens: Tokens, ways: readonly (keyof Tokens)[]) {
  const claims = await claimsBy(c, tokens, ways)
  if (!claims) throw unauthorized()
  return claims
}

const Identity = shape('auth_identity', { id: true, app_metadata: true })

/** As it stands now: one that is gone is nobody's any more. */
async function identityOf(c: Context<AppEnv>, id: string): Promise<Pick<KnownIdentity, 'id' | 'app_metadata'>> {
  const identity = await c.var.query.first(Identity, { id })
  if (!identity) throw unauthorized()
  return identity
}
