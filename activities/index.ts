import type { StepsOf } from '../framework/activities/define.ts'
import { apiKeyActivities } from './api-key/api-keys.ts'
import { authActivities } from './auth/auth-identities.ts'
import { brandActivities } from './brand/brands.ts'
import { cmsActivities } from './cms/pages.ts'
import { collectionActivities } from './collection/brand-collections.ts'
import { fulfillmentSetActivities } from './fulfillment/fulfillment-sets.ts'
import { shippingOptionActivities } from './fulfillment/shipping-options.ts'
import { shippingProfileActivities } from './fulfillment/shipping-profiles.ts'
import { inventoryActivities } from './inventory/inventory-items.ts'
import { paymentActivities } from './payment/payment-providers.ts'
import { priceListActivities } from './pricing/price-lists.ts'
import { productCategoryActivities } from './product/product-categories.ts'
import { productGroupActivities } from './product/product-groups.ts'
import { productImageActivities } from './product/product-images.ts'
import { productOptionActivities } from './product/product-options.ts'
import { productActivities } from './product/products.ts'
import { variantInventoryItemActivities } from './product/variant-inventory-items.ts'
import { promotionActivities } from './promotion/promotions.ts'
import { regionActivities } from './region/regions.ts'
import { salesChannelActivities } from './sales-channel/sales-channels.ts'
import { stockLocationActivities } from './stock-location/stock-locations.ts'
import { storeActivities } from './store/stores.ts'
import { taxActivities } from './tax/taxes.ts'
import { userActivities } from './user/users.ts'

/** The steps that workflows may call: methods of services, and decisions. */
export const activities = [
  apiKeyActivities,
  authActivities,
  brandActivities,
  cmsActivities,
  collectionActivities,
  fulfillmentSetActivities,
  shippingOptionActivities,
  shippingProfileActivities,
  inventoryActivities,
  paymentActivities,
  priceListActivities,
  productActivities,
  productCategoryActivities,
  productGroupActivities,
  productImageActivities,
  productOptionActivities,
  variantInventoryItemActivities,
  promotionActivities,
  regionActivities,
  salesChannelActivities,
  stockLocationActivities,
  storeActivities,
  taxActivities,
  userActivities,
] as const
export type Activities = StepsOf<typeof activities>
