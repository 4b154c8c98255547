import type { NewUserAccount } from '../../activities/user/users.ts'
import { write } from '../steps.ts'

/**
 * Adds a user who can log in. Of two with one email at once, one is refused. A login that was registered by that email before, and
 * belongs to nobody in this shop, does not get in by it.
 */
export async function createUserAccount(input: NewUserAccount): Promise<{ id: string; email: string }> {
  return write.createUserAccount(input)
}
