import { crudMethods, defineActivities } from '../../framework/activities/define.ts'
import { brand } from '../../modules/brand/index.ts'

export const brandActivities = defineActivities(brand, {
  read: ['listBrands'],
  write: [...crudMethods('Brands')],
})
