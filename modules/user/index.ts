import { defineModule } from '../../framework/model/module.ts'
import { createUser } from './migrations/0001-user.ts'
import { User } from './models.ts'
import { UserService } from './service.ts'

/** Users of the admin. */
export const user = defineModule({
  name: 'user',
  models: { user: User },
  service: UserService,
  migrations: { '0001-user': createUser },
})
