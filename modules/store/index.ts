import { defineModule } from '../../framework/model/module.ts'
import { createStore } from './migrations/0001-store.ts'
import { Store, StoreCurrency, StoreLocale } from './models.ts'
import { StoreService } from './service.ts'

export const models = { store: Store, store_currency: StoreCurrency, store_locale: StoreLocale }

/** The shop as a whole. */
export const store = defineModule({
  name: 'store',
  models,
  service: StoreService,
  migrations: { '0001-store': createStore },
})
