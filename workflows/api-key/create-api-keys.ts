import { newId } from '../../framework/workflow/index.ts'
import type { ApiKey } from '../../modules/api-key/models.ts'
import { write } from '../steps.ts'

export interface CreateApiKeysInput {
  api_keys: { title: string; type: 'publishable' | 'secret'; created_by: string }[]
}

/** Adds keys. A secret one's token is in no answer of a workflow: who may see it makes it of the id. */
export async function createApiKeys({ api_keys }: CreateApiKeysInput): Promise<Omit<ApiKey, 'digest'>[]> {
  return write.createApiKeys(api_keys.map((key) => ({ ...key, id: newId('apk') })))
}
