import { crudMethods, defineActivities } from '../../framework/activities/define.ts'
import { collection } from '../../modules/collection/index.ts'

export const collectionActivities = defineActivities(collection, {
  write: [...crudMethods('BrandCollections')],
})
