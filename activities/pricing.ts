import { defineActivities } from '../framework/activities/define.ts'
import { pricing } from '../modules/pricing/index.ts'

export const pricingActivities = defineActivities(pricing, {
  write: ['createPriceSets', 'replacePrices', 'deletePriceSets', 'setPricePreferences'],
})
