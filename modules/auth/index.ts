import { defineModule, type Module } from '../../framework/model/module.ts'
import { createAuth } from './migrations/0001-auth.ts'
import { endedSessions } from './migrations/0002-ended-sessions.ts'
import { models } from './models.ts'
import type { AuthProviders } from './provider.ts'
import { AuthService } from './service.ts'

export interface AuthOptions {
  /** The providers of each type of actor. */
  providers: AuthProviders
}

/** Identities that can log in, and their providers. */
export const auth: Module<AuthService, AuthOptions, 'auth', typeof models> = defineModule({
  name: 'auth',
  models,
  service: AuthService,
  migrations: { '0001-auth': createAuth, '0002-ended-sessions': endedSessions },
})
