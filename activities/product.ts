import { decide } from '../framework/activities/decide.ts'
import { defineActivities } from '../framework/activities/define.ts'
import { rowsById } from '../framework/activities/facts.ts'
import { product } from '../modules/product/index.ts'
import { changedProducts, type ProductChange, type ProductFacts } from '../modules/product/rules/changed-products.ts'
import type { ProductService } from '../modules/product/service.ts'

export const productActivities = defineActivities(product, {
  write: ['createProducts', 'deleteProducts'],
  decide: {
    changeProducts: decide({
      lock: (changes: ProductChange[]) => ({ product: changes.map(({ id }) => id) }),
      facts: (query, changes) =>
        rowsById<ProductFacts>(
          query,
          'product',
          changes.map(({ id }) => id),
          FACTS,
        ),
      rule: changedProducts,
      write: (products: ProductService, changes) => products.changeProducts(changes),
    }),
  },
})

const FACTS = [
  ...['id', 'title', 'images.id', 'product_options.values.id'],
  ...['options.id', 'options.title', 'options.is_exclusive', 'options.values.id', 'options.values.value'],
  ...['variants.id', 'variants.title', 'variants.manage_inventory'],
  ...['variants.options.id', 'variants.options.value', 'variants.options.option.title'],
]
