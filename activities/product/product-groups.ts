import { crudMethods, defineActivities } from '../../framework/activities/define.ts'
import { product } from '../../modules/product/index.ts'

export const productGroupActivities = defineActivities(product, {
  write: [
    ...crudMethods('ProductTags'),
    ...crudMethods('ProductTypes'),
    ...crudMethods('Collections'),
    'linkProductsToCollection',
  ],
})
