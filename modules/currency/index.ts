import { defineModule } from '../../framework/model/module.ts'
import { createCurrency } from './migrations/0001-currency.ts'
import { addCurrencies } from './migrations/0002-currencies.ts'
import { Currency } from './models.ts'
import { CurrencyService } from './service.ts'

/** Currencies. A migration adds all that exist. */
export const currency = defineModule({
  name: 'currency',
  models: { currency: Currency },
  service: CurrencyService,
  migrations: { '0001-currency': createCurrency, '0002-currencies': addCurrencies },
})
