import { defineModule } from '../../framework/model/module.ts'
import { createStore } from './migrations/0001-store.ts'
import { models } from './models.ts'
import { StoreService } from './service.ts'

/** The store with its currencies, locales and defaults. */
export const store = defineModule({
  name: 'store',
  models,
  service: StoreService,
  migrations: { '0001-store': createStore },
})
