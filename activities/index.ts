import type { StepsOf } from '../framework/activities/define.ts'
import { brandActivities } from './brand.ts'
import { cmsActivities } from './cms.ts'
import { collectionActivities } from './collection.ts'
import { inventoryActivities } from './inventory.ts'
import { paymentActivities } from './payment.ts'
import { pricingActivities } from './pricing.ts'
import { productActivities } from './product.ts'
import { regionActivities } from './region.ts'
import { storeActivities } from './store.ts'
import { taxActivities } from './tax.ts'

/** Which service methods workflows may call. */
export const activities = [
  brandActivities,
  cmsActivities,
  collectionActivities,
  inventoryActivities,
  paymentActivities,
  pricingActivities,
  productActivities,
  regionActivities,
  storeActivities,
  taxActivities,
] as const
export type Activities = StepsOf<typeof activities>
