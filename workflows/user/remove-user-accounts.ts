import { emitIds } from '../../framework/workflow/index.ts'
import { write } from '../steps.ts'

export interface RemoveUserAccountsInput {
  ids: string[]
}

/** Deletes users, who cannot log in as such any more: all of them, or none where one is not there. */
export async function removeUserAccounts({ ids }: RemoveUserAccountsInput): Promise<string[]> {
  emitIds('user.deleted', ids)
  await write.deleteUsers(ids)
  await write.detachActors('user', ids)
  return ids
}
