import { withIds } from '../../framework/workflow/index.ts'
import type { ApiKey, PublicApiKey } from '../../modules/api-key/models.ts'
import { write } from '../steps.ts'
import { apiKeysCreated } from './hooks.ts'

export interface CreateApiKeysInput {
  api_keys: Pick<ApiKey, 'title' | 'type' | 'created_by'>[]
}

/** The token of a secret key is in no result of a workflow: a caller that may see it derives it from the id. */
export async function createApiKeys({ api_keys }: CreateApiKeysInput): Promise<PublicApiKey[]> {
  const keys = await write.createApiKeys(withIds('apk', api_keys))
  await apiKeysCreated({ api_keys: keys })
  return keys
}

export async function updateApiKeys(input: { api_keys: Pick<ApiKey, 'id' | 'title'>[] }): Promise<PublicApiKey[]> {
  return write.updateApiKeys(input.api_keys)
}

/** Refused if a key is not revoked. */
export async function deleteApiKeys({ ids }: { ids: string[] }): Promise<string[]> {
  await write.deleteApiKeys(ids)
  return ids
}
