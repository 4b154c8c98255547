import { defineModule } from '../../framework/model/module.ts'
import { createPricing } from './migrations/0001-pricing.ts'
import { models } from './models.ts'
import { PricingService } from './service.ts'

/** Prices, price sets, price lists and tax preferences. */
export const pricing = defineModule({
  name: 'pricing',
  models,
  service: PricingService,
  migrations: { '0001-pricing': createPricing },
})
