import { Problem } from '../../framework/problem.ts'
import type { AuthProvider, FindIdentity, KnownIdentity, NewIdentity } from './provider.ts'
import { hasActor, identityTaken } from './rules/identity.ts'
import { createDummyHash, hashPassword, isPassword } from './scrypt.ts'

const DUMMY_HASH = createDummyHash()

/** Email and password. An unknown email takes as long as a wrong password and has the same error. */
export const emailpass: AuthProvider = {
  identifier: 'emailpass',
  displayName: 'Email and password',
  flow: 'credentials',
  async authenticate(body, find) {
    const { email, password } = credentialsOf(body)
    const identity = await verifiedIdentity(email, password, find)
    if (!identity) throw new Problem('unauthorized', 'Invalid email or password')
    return identity
  },
  async register(body, find) {
    const { email, password } = credentialsOf(body)
    if (!(await find(email))) return { fresh: await identityWith(email, password) }
    const known = await verifiedIdentity(email, password, find)
    if (!known || hasActor(known.app_metadata)) throw identityTaken()
    return { known }
  },
}

/** The identity of an email, with the hash of the password. */
export async function identityWith(email: string, password: string): Promise<NewIdentity> {
  return { entity_id: entityOf(email), provider_metadata: { password: await hashPassword(password) } }
}

async function verifiedIdentity(
  email: string,
  password: string,
  find: FindIdentity,
): Promise<KnownIdentity | undefined> {
  const identity = await find(email)
  const hash = identity?.provider_metadata?.password
  const matches = await isPassword(password, typeof hash === 'string' ? hash : DUMMY_HASH)
  return matches ? identity : undefined
}

function credentialsOf(body: unknown): { email: string; password: string } {
  const { email, password } = (body ?? {}) as Record<string, unknown>
  if (typeof password !== 'string' || password === '') throw notText('Password')
  if (typeof email !== 'string' || entityOf(email) === '' || email.includes('\0')) throw notText('Email')
  return { email: entityOf(email), password }
}

const notText = (what: string) => new Problem('unauthorized', `${what} should be a string`)

/** Addresses are compared without case and surrounding spaces. */
const entityOf = (email: string) => email.trim().toLowerCase()
