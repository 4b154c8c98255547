import { defineModule } from '../../framework/model/module.ts'
import { createStore } from './migrations/0001-store.ts'
import { models } from './models.ts'
import { StoreService } from './service.ts'

/** The shop as a whole. */
export const store = defineModule({
  name: 'store',
  models,
  service: StoreService,
  migrations: { '0001-store': createStore },
})
