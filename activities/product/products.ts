import { decide } from '../../framework/activities/decide.ts'
import { defineActivities } from '../../framework/activities/define.ts'
import { rowsById } from '../../framework/activities/facts.ts'
import { product } from '../../modules/product/index.ts'
import { changedProducts, type ProductChange, type ProductFacts } from '../../modules/product/rules/changed-products.ts'
import {
  type DeletedProductFacts,
  deletedProducts,
  type ProductDeletion,
} from '../../modules/product/rules/deleted-products.ts'
import type { ProductService } from '../../modules/product/service.ts'

export const productActivities = defineActivities(product, {
  write: ['createProducts'],
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
    deleteProducts: decide({
      lock: ({ ids }: ProductDeletion) => ({ product: ids }),
      facts: (query, { ids }) => rowsById<DeletedProductFacts>(query, 'product', ids, DELETED),
      rule: deletedProducts,
      write: (products: ProductService, deletion) => products.deleteProducts(deletion),
    }),
  },
})

const DELETED = ['id', 'variants.id', 'options.id', 'options.is_exclusive']
const FACTS = [
  ...['id', 'title', 'images.id', 'product_options.values.id'],
  ...['options.id', 'options.title', 'options.is_exclusive', 'options.values.id', 'options.values.value'],
  ...['variants.id', 'variants.title', 'variants.manage_inventory'],
  ...['variants.options.id', 'variants.options.value', 'variants.options.option.title'],
]
