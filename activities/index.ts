import type { StepsOf } from '../framework/activities/define.ts'
import { apiKeyActivities } from './api-key.ts'
import { authActivities } from './auth.ts'
import { brandActivities } from './brand.ts'
import { cmsActivities } from './cms.ts'
import { collectionActivities } from './collection.ts'
import { fulfillmentActivities } from './fulfillment.ts'
import { inventoryActivities } from './inventory.ts'
import { paymentActivities } from './payment.ts'
import { pricingActivities } from './pricing.ts'
import { productActivities } from './product.ts'
import { productCategoryActivities } from './product-categories.ts'
import { productGroupActivities } from './product-groups.ts'
import { productImageActivities } from './product-images.ts'
import { productOptionActivities } from './product-options.ts'
import { promotionActivities } from './promotion.ts'
import { regionActivities } from './region.ts'
import { salesChannelActivities } from './sales-channel.ts'
import { stockLocationActivities } from './stock-location.ts'
import { storeActivities } from './store.ts'
import { taxActivities } from './tax.ts'
import { userActivities } from './user.ts'

/** Which service methods workflows may call. */
export const activities = [
  apiKeyActivities,
  authActivities,
  brandActivities,
  cmsActivities,
  collectionActivities,
  fulfillmentActivities,
  inventoryActivities,
  pricingActivities,
  productActivities,
  promotionActivities,
  salesChannelActivities,
  userActivities,
  stockLocationActivities,
  paymentActivities,
  regionActivities,
  storeActivities,
  taxActivities,
  productCategoryActivities,
  productGroupActivities,
  productOptionActivities,
  productImageActivities,
] as const
export type Activities = StepsOf<typeof activities>
