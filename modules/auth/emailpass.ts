import { Problem } from '../../framework/problem.ts'
import type { AuthProvider, FindIdentity, KnownIdentity, NewIdentity } from './provider.ts'
import { identityTaken, isSomebody } from './rules/identity.ts'
import { hashOfNobody, hashPassword, isPassword } from './scrypt.ts'

const NOBODY = hashOfNobody()

/** Email and password. An unknown email takes as long as a wrong password, and is answered with the same words. */
export const emailpass: AuthProvider = {
  identifier: 'emailpass',
  displayName: 'Email and password',
  flow: 'credentials',
  async authenticate(body, find) {
    const { email, password } = credentialsOf(body)
    const identity = await proven(email, password, find)
    if (!identity) throw new Problem('unauthorized', 'Invalid email or password')
    return identity
  },
  async register(body, find) {
    const { email, password } = credentialsOf(body)
    if (!(await find(email))) return { fresh: await identityWith(email, password) }
    const known = await proven(email, password, find)
    if (!known || isSomebody(known.app_metadata)) throw identityTaken()
    return { known }
  },
}

/** What is kept of an email and a password. */
export async function identityWith(email: string, password: string): Promise<NewIdentity> {
  return { entity_id: entityOf(email), provider_metadata: { password: await hashPassword(password) } }
}

async function proven(email: string, password: string, find: FindIdentity): Promise<KnownIdentity | undefined> {
  const identity = await find(email)
  const hash = identity?.provider_metadata?.password
  const holds = await isPassword(password, typeof hash === 'string' ? hash : NOBODY)
  return holds ? identity : undefined
}

function credentialsOf(body: unknown): { email: string; password: string } {
  const { email, password } = (body ?? {}) as Record<string, unknown>
  if (typeof password !== 'string' || password === '') throw notText('Password')
  if (typeof email !== 'string' || entityOf(email) === '' || email.includes('\0')) throw notText('Email')
  return { email: entityOf(email), password }
}

const notText = (what: string) => new Problem('unauthorized', `${what} should be a string`)

/** One person, however they write their address. */
const entityOf = (email: string) => email.trim().toLowerCase()
