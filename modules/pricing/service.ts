import { Service } from '../../framework/model/service.ts'
import type { PriceSet } from './models.ts'

export class PricingService extends Service<{ price_set: typeof PriceSet }> {}
