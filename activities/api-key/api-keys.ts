import { defineActivities } from '../../framework/activities/define.ts'
import { apiKey } from '../../modules/api-key/index.ts'

export const apiKeyActivities = defineActivities(apiKey, {
  write: ['createApiKeys', 'updateApiKeys', 'revokeApiKeys', 'deleteApiKeys'],
})
