import { newId } from '../../framework/workflow/index.ts'
import { write } from '../steps.ts'

export interface RegisterAuthIdentitiesInput {
  auth_identities: {
    provider: string
    /** The id that the provider uses, such as an email. */
    entity_id: string
    /** Sealed, so that not even the hash of a password is in a workflow history. */
    provider_metadata: string
  }[]
}

/** Registers identities that belong to no user or customer yet. Refused if an identity exists. */
export async function registerAuthIdentities({ auth_identities }: RegisterAuthIdentitiesInput): Promise<string[]> {
  return write.registerAuthIdentities(
    auth_identities.map((identity) => ({
      ...identity,
      id: newId('authid'),
      provider_identity_id: newId('provid'),
    })),
  )
}
