import { defineModule } from '../../framework/model/module.ts'
import { createPricing } from './migrations/0001-pricing.ts'
import { Price, PriceList, PriceListRule, PricePreference, PriceRule, PriceSet } from './models.ts'
import { PricingService } from './service.ts'

export const models = {
  price_set: PriceSet,
  price: Price,
  price_rule: PriceRule,
  price_list: PriceList,
  price_list_rule: PriceListRule,
  price_preference: PricePreference,
}

/** What things cost, and when. */
export const pricing = defineModule({
  name: 'pricing',
  models,
  service: PricingService,
  migrations: { '0001-pricing': createPricing },
})
