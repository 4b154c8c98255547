import type { NewUserAccount } from '../../activities/user/users.ts'
import { write } from '../steps.ts'

/**
 * Creates a user with a login. Refused if the email is taken. An identity that somebody registered with the email before, without
 * a user or customer, is deleted: its password must not give access to this user.
 */
export async function createUserAccount(input: NewUserAccount): Promise<{ id: string; email: string }> {
  return write.createUserAccount(input)
}
