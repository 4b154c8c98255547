import type { StepsOf } from '../framework/activities/define.ts'
import { brandActivities } from './brand.ts'
import { cmsActivities } from './cms.ts'
import { collectionActivities } from './collection.ts'

/** Which service methods workflows may call. */
export const activities = [brandActivities, cmsActivities, collectionActivities] as const
export type Activities = StepsOf<typeof activities>
