import { defineActivities } from '../framework/activities/define.ts'
import { product } from '../modules/product/index.ts'

export const productGroupActivities = defineActivities(product, {
  write: [
    'createProductTags',
    'updateProductTags',
    'deleteProductTags',
    'createProductTypes',
    'updateProductTypes',
    'deleteProductTypes',
    'createCollections',
    'updateCollections',
    'deleteCollections',
    'linkProductsToCollection',
  ],
})
