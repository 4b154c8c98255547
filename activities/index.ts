import type { StepsOf } from '../framework/activities/define.ts'
import { brandActivities } from './brand.ts'
import { cmsActivities } from './cms.ts'
import { collectionActivities } from './collection.ts'
import { inventoryActivities } from './inventory.ts'
import { productActivities } from './product.ts'
import { promotionActivities } from './promotion.ts'

/** Which service methods workflows may call. */
export const activities = [
  brandActivities,
  cmsActivities,
  collectionActivities,
  inventoryActivities,
  productActivities,
  promotionActivities,
] as const
export type Activities = StepsOf<typeof activities>
