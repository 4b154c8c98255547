import { idsOf } from '../../framework/workflow/index.ts'
import type { User } from '../../modules/user/models.ts'
import { write } from '../steps.ts'

export interface UpdateUsersInput {
  users: (Pick<User, 'id'> & Partial<Pick<User, 'first_name' | 'last_name' | 'avatar_url' | 'metadata'>>)[]
}

export async function updateUsers({ users }: UpdateUsersInput): Promise<User[]> {
  return write.updateUsers(users, { emits: { 'user.updated': idsOf(users) } })
}
