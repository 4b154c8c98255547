import { write } from '../steps.ts'

export interface RemoveUserAccountsInput {
  ids: string[]
}

/** Deletes users and their access: they can no longer log in as users. */
export async function removeUserAccounts({ ids }: RemoveUserAccountsInput): Promise<string[]> {
  return write.removeUserAccounts(ids)
}
