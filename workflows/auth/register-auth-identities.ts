import { newId } from '../../framework/workflow/index.ts'
import { write } from '../steps.ts'

export interface RegisterAuthIdentitiesInput {
  auth_identities: {
    provider: string
    /** What the provider knows them by. */
    entity_id: string
    /** Sealed: a password is hashed before, and its hash is not for histories either. */
    provider_metadata: string
  }[]
}

/** Lets people log in who are nobody in this shop yet. Of two who register by the same at once, one is refused. */
export async function registerAuthIdentities({ auth_identities }: RegisterAuthIdentitiesInput): Promise<string[]> {
  return write.registerAuthIdentities(
    auth_identities.map((identity) => ({
      ...identity,
      id: newId('authid'),
      provider_identity_id: newId('provid'),
    })),
  )
}
