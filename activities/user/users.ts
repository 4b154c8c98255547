import { changesOf, defineActivities } from '../../framework/activities/define.ts'
import { user } from '../../modules/user/index.ts'

export const userActivities = defineActivities(user, {
  write: [...changesOf('Users')],
})
