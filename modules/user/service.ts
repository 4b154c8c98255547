import type { Change, New } from '../../framework/model/model.ts'
import { Service } from '../../framework/model/service.ts'
import type { User } from './models.ts'

export class UserService extends Service<{ user: typeof User }> {
  createUsers = (users: New<typeof User>[]) => this.rows.user.create(users)
  updateUsers = (users: Change<typeof User>[]) => this.rows.user.update(users)
  deleteUsers = (ids: string[]) => this.rows.user.softDelete(ids)
}
