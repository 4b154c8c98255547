/** Authentication: a user or a secret key for `/admin`, a publishable key for `/store`. */
import type { Context, MiddlewareHandler } from 'hono'
import type { Actor, AppEnv } from '../framework/http/router.ts'
import { Problem } from '../framework/problem.ts'
import { shape } from '../query/shape.ts'
import { authorization, claimsBy, secretKeyOf, unauthorized } from './auth/credentials.ts'
import type { Tokens } from './auth/tokens.ts'
import type { ApiOptions } from './index.ts'

const SECRET_AS_BEARER = 'A secret API key is sent with Basic authentication, not as a bearer token: Basic <key>'
const NO_PUBLISHABLE_KEY =
  'Publishable API key required in the request header: x-publishable-api-key. You can manage your keys in settings in the dashboard.'
const WRONG_PUBLISHABLE_KEY = 'A valid publishable key is required to proceed with the request'

/** Requires a user or a secret key. A deleted user is rejected even if the token is still valid. */
export function admins({ logins }: Pick<ApiOptions, 'logins'>, tokens: Tokens): MiddlewareHandler<AppEnv> {
  return async (c, next) => {
    const key = secretKeyOf(c)
    const keyId = key ? await logins.findSecretKey(key) : undefined
    const actor: Actor | undefined = keyId ? { type: 'api-key', id: keyId } : await userOf(c, tokens)
    if (!actor) throw unauthorized(authorization(c, 'bearer')?.startsWith('sk_') ? SECRET_AS_BEARER : undefined)
    c.set('actor', actor)
    await next()
  }
}

async function userOf(c: Context<AppEnv>, tokens: Tokens): Promise<Actor | undefined> {
  const claims = await claimsBy(c, tokens, ['session', 'bearer'], 'user')
  if (!claims?.actor_id) return undefined
  const user = await c.var.query.first(ActingUser, { id: claims.actor_id })
  return user ? { type: 'user', id: claims.actor_id } : undefined
}

const ActingUser = shape('user', { id: true })

const PublishableKey = shape('api_key', {
  id: true,
  revoked_at: true,
  sales_channels: [{ id: true, is_disabled: true }],
  sales_channel_count: true,
  region: true,
})

/** Requires a publishable key that is not revoked, and sets its sales channels. */
export const storefronts: MiddlewareHandler<AppEnv> = async (c, next) => {
  const token = c.req.header('x-publishable-api-key')
  if (!token) throw new Problem('not_allowed', NO_PUBLISHABLE_KEY)
  const context = { region_id: c.req.query('region_id') }
  const key = await c.var.query.first(PublishableKey, { token, type: 'publishable' }, { context })
  const isRevoked = key?.revoked_at && Date.parse(key.revoked_at) <= Date.now()
  if (!key || isRevoked) throw new Problem('not_allowed', WRONG_PUBLISHABLE_KEY)
  const enabled = key.sales_channels.filter(({ is_disabled }) => !is_disabled)
  c.set('publishable', {
    keyId: key.id,
    salesChannelIds: enabled.map(({ id }) => id),
    isOnlyChannel: key.sales_channel_count === 1,
    region: key.region,
  })
  await next()
}
