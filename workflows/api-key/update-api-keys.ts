import type { ApiKey } from '../../modules/api-key/models.ts'
import { write } from '../steps.ts'

export interface UpdateApiKeysInput {
  api_keys: Pick<ApiKey, 'id' | 'title'>[]
}

/** Gives keys other titles. */
export async function updateApiKeys({ api_keys }: UpdateApiKeysInput): Promise<Omit<ApiKey, 'digest'>[]> {
  return write.updateApiKeys(api_keys)
}
