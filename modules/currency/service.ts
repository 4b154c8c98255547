import { Service } from '../../framework/model/service.ts'
import type { Currency } from './models.ts'

export class CurrencyService extends Service<{ currency: typeof Currency }> {}
