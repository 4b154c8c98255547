import { defineModule } from '../../framework/model/module.ts'
import { createApiKey } from './migrations/0001-api-key.ts'
import { ApiKey } from './models.ts'
import { ApiKeyService } from './service.ts'

/** API keys of storefronts and programs. */
export const apiKey = defineModule({
  name: 'api_key',
  models: { api_key: ApiKey },
  service: ApiKeyService,
  migrations: { '0001-api-key': createApiKey },
})
