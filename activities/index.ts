import type { StepsOf } from '../framework/activities/define.ts'
import { brandActivities } from './brand.ts'
import { cmsActivities } from './cms.ts'
import { collectionActivities } from './collection.ts'
import { inventoryActivities } from './inventory.ts'
import { pricingActivities } from './pricing.ts'
import { productActivities } from './product.ts'
import { productCategoryActivities } from './product-categories.ts'
import { productGroupActivities } from './product-groups.ts'
import { productOptionActivities } from './product-options.ts'

/** Which service methods workflows may call. */
export const activities = [
  brandActivities,
  cmsActivities,
  collectionActivities,
  inventoryActivities,
  pricingActivities,
  productActivities,
  productCategoryActivities,
  productGroupActivities,
  productOptionActivities,
] as const
export type Activities = StepsOf<typeof activities>
