import type { StepsOf } from '../framework/activities/define.ts'
import { apiKeyActivities } from './api-key/api-keys.ts'
import { authActivities } from './auth/auth-identities.ts'
import { brandActivities } from './brand/brands.ts'
import { cmsActivities } from './cms/pages.ts'
import { collectionActivities } from './collection/brand-collections.ts'
import { fulfillmentActivities } from './fulfillment/shipping-options.ts'
import { inventoryActivities } from './inventory/inventory-items.ts'
import { paymentActivities } from './payment/payment-providers.ts'
import { pricingActivities } from './pricing/price-lists.ts'
import { productCategoryActivities } from './product/product-categories.ts'
import { productGroupActivities } from './product/product-groups.ts'
import { productImageActivities } from './product/product-images.ts'
import { productOptionActivities } from './product/product-options.ts'
import { productActivities } from './product/products.ts'
import { promotionActivities } from './promotion/promotions.ts'
import { regionActivities } from './region/regions.ts'
import { salesChannelActivities } from './sales-channel/sales-channels.ts'
import { stockLocationActivities } from './stock-location/stock-locations.ts'
import { storeActivities } from './store/stores.ts'
import { taxActivities } from './tax/taxes.ts'
import { userActivities } from './user/users.ts'

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
