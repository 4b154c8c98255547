import { defineActivities } from '../framework/activities/define.ts'
import { product } from '../modules/product/index.ts'

export const productActivities = defineActivities(product, {
  write: ['createProductTags', 'updateProductTags', 'deleteProductTags'],
})
