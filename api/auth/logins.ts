/** `/auth/{actor_type}/…`: log in, register, and list the providers. */
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

/** What the login routes need from the modules. */
export interface Logins {
  providers: AuthProviders
  /** Finds an identity by the id that the provider uses, such as an email. */
  find: (provider: string, entityId: string) => ReturnType<FindIdentity>
  /** The id of a secret API key that is not revoked. */
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
  request: { params, body: json(Credentials, 'The credentials, such as email and password') },
  responses: {
    200: json(Token, 'A bearer token that is valid for a day'),
    401: { description: 'Invalid email or password' },
  },
})

const register = route({
  method: 'post',
  path: '/auth/{actor_type}/{auth_provider}/register',
  tags,
  summary: 'Register',
  description:
    'Creates an identity without a user or customer. With the token it can become a customer, or accept an invite.',
  request: {
    headers: idempotencyHeader,
    params,
    body: json(Credentials, 'The credentials, such as email and password'),
  },
  responses: {
    200: json(Token, 'A bearer token without an actor'),
    401: { description: 'The identity already exists' },
  },
})

const list = route({
  method: 'get',
  path: '/auth/{actor_type}/providers',
  tags,
  summary: 'List auth providers',
  request: { params: z.object({ actor_type: z.string() }) },
  responses: { 200: json(z.object({ providers: z.array(Provider) }), 'The providers that a login page can offer') },
})

export function loginRoutes({ providers, find }: Logins, tokens: Tokens): Router {
  const tokenOf = (actorType: string, provider: AuthProvider, identity: Pick<KnownIdentity, 'id' | 'app_metadata'>) =>
    tokens.bearer.sign(claimsOf(actorType, provider.identifier, identity))
  const routes = createRouter()
  routes.openapi(list, (c) => {
    const available = providersFor(providers, c.req.valid('param').actor_type)
    return c.json({ providers: available.map(publicProvider) }, 200)
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
      'known' in registered
        ? registered.known
        : await registerIdentity(c, { ...registered.fresh, provider: provider.identifier })
    return c.json({ token: await tokenOf(actor_type, provider, identity) }, 200)
  })
  return routes
}

async function registerIdentity(
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
  const provider = providersFor(providers, actorType).find(({ identifier }) => identifier === name)
  if (provider) return provider
  const text = `The actor type ${actorType} is not allowed to use the auth provider ${name}`
  throw new Problem('not_allowed', text)
}

/** Empty if the actor type does not exist, even if it is a name that every object has, such as `constructor`. */
function providersFor(providers: AuthProviders, actorType: string): readonly AuthProvider[] {
  return Object.hasOwn(providers, actorType) ? providers[actorType]! : []
}

const publicProvider = ({ identifier, displayName, flow }: AuthProvider) => ({
  id: identifier,
  identifier,
  display_name: displayName,
  flow,
})
