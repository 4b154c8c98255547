import { now, withIds } from '../../framework/workflow/index.ts'
import type { ApiKey } from '../../modules/api-key/models.ts'
import { write } from '../steps.ts'
import { apiKeysCreated } from './hooks.ts'

type Shown = Omit<ApiKey, 'digest'>

export interface CreateApiKeysInput {
  api_keys: Pick<ApiKey, 'title' | 'type' | 'created_by'>[]
}

/** Adds keys. A secret one's token is in no answer of a workflow: who may see it makes it of the id. */
export async function createApiKeys({ api_keys }: CreateApiKeysInput): Promise<Shown[]> {
  const keys = await write.createApiKeys(withIds('apk', api_keys))
  await apiKeysCreated({ api_keys: keys })
  return keys
}

/** Gives keys other titles. */
export async function updateApiKeys({ api_keys }: { api_keys: Pick<ApiKey, 'id' | 'title'>[] }): Promise<Shown[]> {
  return write.updateApiKeys(api_keys)
}

export interface RevokeApiKeysInput {
  ids: string[]
  revoked_by: string
  /** So many seconds from now; at once where it is left out. */
  revoke_in?: number
}

/** From then on the keys let nobody in. */
export async function revokeApiKeys({ ids, revoked_by, revoke_in = 0 }: RevokeApiKeysInput): Promise<Shown[]> {
  const revoked_at = new Date(Date.parse(now()) + revoke_in * 1000).toISOString()
  return write.revokeApiKeys(ids.map((id) => ({ id, revoked_at, revoked_by })))
}

/** Deletes keys that have been revoked: all of them, or none. */
export async function deleteApiKeys({ ids }: { ids: string[] }): Promise<string[]> {
  await write.deleteApiKeys(ids)
  return ids
}
