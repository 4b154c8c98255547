import { now } from '../../framework/workflow/index.ts'
import type { ApiKey } from '../../modules/api-key/models.ts'
import { write } from '../steps.ts'

export interface RevokeApiKeysInput {
  ids: string[]
  revoked_by: string
  /** So many seconds from now; at once where it is left out. */
  revoke_in?: number
}

/** From then on the keys let nobody in. */
export async function revokeApiKeys(input: RevokeApiKeysInput): Promise<Omit<ApiKey, 'digest'>[]> {
  const { ids, revoked_by, revoke_in = 0 } = input
  const revoked_at = new Date(Date.parse(now()) + revoke_in * 1000).toISOString()
  return write.revokeApiKeys(ids.map((id) => ({ id, revoked_at, revoked_by })))
}
