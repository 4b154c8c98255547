import { defineActivities } from '../../framework/activities/define.ts'
import { auth } from '../../modules/auth/index.ts'

export const authActivities = defineActivities(auth, {
  write: ['registerAuthIdentities', 'endSessions'],
})
