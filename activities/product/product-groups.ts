import { changesOf, defineActivities } from '../../framework/activities/define.ts'
import { product } from '../../modules/product/index.ts'

export const productGroupActivities = defineActivities(product, {
  write: [
    ...changesOf('ProductTags'),
    ...changesOf('ProductTypes'),
    ...changesOf('Collections'),
    'linkProductsToCollection',
  ],
})
