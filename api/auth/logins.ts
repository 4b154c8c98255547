/** `/auth/{actor_type}/…`: log in, register, and the ways to do so. */
import type { Context } from 'hono'
import {
  type AppEnv,
  createRouter,
  idempotencyHeader,
  json,
  type Router,
  route,
  z,
} from '../../framework/http/router.ts'
import { Problem } from '../../framework/problem.ts'
import type { AuthProvider, AuthProviders, FindIdentity, KnownIdentity } from '../../modules/auth/provider.ts'
import { registerAuthIdentities } from '../../workflows/auth/register-auth-identities.ts'
import { claimsOf, type Tokens } from './tokens.ts'

/** What the modules know of those who log in; whoever puts the process together hands it over. */
export interface Logins {
  providers: AuthProviders
  /** Whom a provider knows by this. */
  find: (provider: string, entityId: string) => ReturnType<FindIdentity>
  /** The id of a secret API key that is in force. */
  findSecretKey: (token: string) => Promise<string | undefined>
}

const tags = ['auth']
const Credentials = z
  .looseObject({ email: z.unknown(), password: z.unknown() })
  .partial()
  .openapi({ example: { email: 'admin@example.com', password: 'a long password' } })
const Token = z.object({ token: z.string() })
const Provider = z.object({ id: z.string(), identifier: z.string(), display_name: z.string(), flow: z.string() })
const params = z.object({ actor_type: z.string(), auth_provider: z.string() })

const login = route({
  method: 'post',
  path: '/auth/{actor_type}/{auth_provider}',
  tags,
  summary: 'Log in',
  request: { params, body: json(Credentials, 'What the provider asks for, such as email and password') },
  responses: { 200: json(Token, 'A bearer token, for a day'), 401: { description: 'Wrong email or password' } },
})

const register = route({
  method: 'post',
  path: '/auth/{actor_type}/{auth_provider}/register',
  tags,
  summary: 'Register',
  description: 'Who registers is nobody in this shop yet: the token lets them become a customer, or accept an invite.',
  request: { headers: idempotencyHeader, params, body: json(Credentials, 'What the provider asks for') },
  responses: { 200: json(Token, 'A bearer token without an actor'), 401: { description: 'Somebody has it already' } },
})

const list = route({
  method: 'get',
  path: '/auth/{actor_type}/providers',
  tags,
  summary: 'List the ways to log in',
  request: { params: z.object({ actor_type: z.string() }) },
  responses: { 200: json(z.object({ providers: z.array(Provider) }), 'What a page where people log in offers') },
})

export function loginRoutes({ providers, find }: Logins, tokens: Tokens): Router {
  const tokenOf = (actorType: string, provider: AuthProvider, identity: Pick<KnownIdentity, 'id' | 'app_metadata'>) =>
    tokens.bearer.sign(claimsOf(actorType, provider.identifier, identity))
  const routes = createRouter()
  routes.openapi(list, (c) => {
    const offered = offeredTo(providers, c.req.valid('param').actor_type)
    return c.json({ providers: offered.map(shown) }, 200)
  })
  routes.openapi(login, async (c) => {
    const { actor_type, auth_provider } = c.req.valid('param')
    const provider = providerOf(providers, actor_type, auth_provider)
    const identity = await provider.authenticate(c.req.valid('json'), (id) => find(provider.identifier, id))
    return c.json({ token: await tokenOf(actor_type, provider, identity) }, 200)
  })
  routes.openapi(register, async (c) => {
    const { actor_type, auth_provider } = c.req.valid('param')
    const provider = providerOf(providers, actor_type, auth_provider)
    const registered = await provider.register(c.req.valid('json'), (id) => find(provider.identifier, id))
    const identity =
      'known' in registered ? registered.known : await added(c, { ...registered.fresh, provider: provider.identifier })
    return c.json({ token: await tokenOf(actor_type, provider, identity) }, 200)
  })
  return routes
}

async function added(
  c: Context<AppEnv>,
  { provider_metadata, ...identity }: { provider: string; entity_id: string; provider_metadata: object },
): Promise<Pick<KnownIdentity, 'id' | 'app_metadata'>> {
  const sealed = c.var.secrets.seal(JSON.stringify(provider_metadata))
  const [id] = await c.var.run(registerAuthIdentities, {
    auth_identities: [{ ...identity, provider_metadata: sealed }],
  })
  return { id: id!, app_metadata: null }
}

function providerOf(providers: AuthProviders, actorType: string, name: string): AuthProvider {
  const provider = offeredTo(providers, actorType).find(({ identifier }) => identifier === name)
  if (provider) return provider
  const text = `The actor type ${actorType} is not allowed to use the auth provider ${name}`
  throw new Problem('not_allowed', text)
}

/** None where there is no such type of actor, also where every object has something of that name, such as `constructor`. */
function offeredTo(providers: AuthProviders, actorType: string): readonly AuthProvider[] {
  return Object.hasOwn(providers, actorType) ? providers[actorType]! : []
}

const shown = ({ identifier, displayName, flow }: AuthProvider) => ({
  id: identifier,
  identifier,
  display_name: displayName,
  flow,
})
