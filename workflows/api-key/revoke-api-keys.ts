import { now } from '../../framework/workflow/index.ts'
import type { PublicApiKey } from '../../modules/api-key/models.ts'
import { write } from '../steps.ts'

export interface RevokeApiKeysInput {
  ids: string[]
  revoked_by: string
  /** Seconds until the keys are revoked; default: 0 */
  revoke_in?: number
}

/** A key that is already revoked stays as it is. */
export async function revokeApiKeys({ ids, revoked_by, revoke_in = 0 }: RevokeApiKeysInput): Promise<PublicApiKey[]> {
  const revoked_at = new Date(Date.parse(now()) + revoke_in * 1000).toISOString()
  return write.revokeApiKeys(ids.map((id) => ({ id, revoked_at, revoked_by })))
}
