import { write } from '../steps.ts'

export interface RemoveUserAccountsInput {
  ids: string[]
}

/** Deletes users, who cannot log in as such any more. */
export async function removeUserAccounts({ ids }: RemoveUserAccountsInput): Promise<string[]> {
  return write.removeUserAccounts(ids)
}
