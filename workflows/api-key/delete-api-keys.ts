import { write } from '../steps.ts'

export interface DeleteApiKeysInput {
  ids: string[]
}

/** Deletes keys that have been revoked: all of them, or none. */
export async function deleteApiKeys({ ids }: DeleteApiKeysInput): Promise<string[]> {
  await write.deleteApiKeys(ids)
  await write.deleteLinksOf('api_key', ids)
  return ids
}
