/** Collections, categories, tags, types and options of products, as storefronts see them. */
import * as filter from '../../../framework/http/filters.ts'
import type { ListRouteOptions } from '../../../framework/http/list-query.ts'
import type { Representation } from '../../../framework/http/representation.ts'
import { createRouter, type Router } from '../../../framework/http/router.ts'
import { lists, retrieves } from '../../../framework/http/routes.ts'
import { categoryList, deepRelations, treeParams } from '../../category-trees.ts'
import { publicScope } from '../../storefront.ts'
import { CATEGORY_FIELDS, prefixed } from './category-fields.ts'
import { PRODUCT_FIELDS } from './product-fields.ts'

const PRODUCTS = ['products', ...prefixed('products', PRODUCT_FIELDS)]
const MAX_RELATIONS = 3

/** List and retrieve, limited to what is public in the sales channels of the key. */
function publicRoutes(path: string, representation: Omit<Representation, 'scope'>, list: ListRouteOptions): Router {
  const router = createRouter()
  const scoped: Representation = {
    ...representation,
    scope: (c, params) => ({ ...publicScope(c), deep: deepRelations(params) }),
  }
  lists(router, scoped, { path, ...list })
  retrieves(router, scoped, { path: `${path}/{id}` })
  return router
}

const { deleted_at: _, ...createdAndUpdated } = filter.dates()
const collectionFields = ['id', 'title', 'handle', 'external_id', 'created_at', 'updated_at']
export const storeCollections = publicRoutes(
  '/store/collections',
  {
    entity: 'product_collection',
    one: 'collection',
    many: 'collections',
    fields: {
      defaults: collectionFields,
      allowed: [...collectionFields, 'metadata', 'deleted_at', ...PRODUCTS],
      maxRelations: MAX_RELATIONS,
    },
  },
  {
    limit: 10,
    order: '-created_at',
    filters: { ...filter.texts('title', 'handle', 'external_id'), ...createdAndUpdated },
  },
)

const categoryFields = [
  ...['id', 'name', 'description', 'handle', 'rank', 'external_id', 'parent_category_id', 'created_at', 'updated_at'],
  'metadata',
]
export const storeProductCategories = publicRoutes(
  '/store/product-categories',
  {
    entity: 'product_category',
    one: 'product_category',
    many: 'product_categories',
    fields: {
      defaults: [...categoryFields, '*parent_category', '*category_children'],
      allowed: [...categoryFields, ...CATEGORY_FIELDS],
      maxRelations: MAX_RELATIONS,
    },
    params: treeParams,
  },
  categoryList({ name: filter.text() }),
)

const valueFields = ['id', 'value', 'external_id', 'created_at', 'updated_at', 'metadata']
/** A tag or a type: a value that products share. */
const sharedValue = (entity: string, many: string): Omit<Representation, 'scope'> => ({
  entity,
  one: entity,
  many,
  fields: {
    defaults: [...valueFields, '*products'],
    allowed: [...valueFields, ...PRODUCTS],
    maxRelations: MAX_RELATIONS,
  },
})
const valueList = { limit: 50, filters: { ...filter.texts('value', 'external_id'), ...filter.dates() } }
export const storeProductTags = publicRoutes(
  '/store/product-tags',
  sharedValue('product_tag', 'product_tags'),
  valueList,
)
export const storeProductTypes = publicRoutes(
  '/store/product-types',
  sharedValue('product_type', 'product_types'),
  valueList,
)

const optionFields = ['id', 'title', 'is_exclusive', 'created_at', 'updated_at', 'metadata']
export const storeProductOptions = publicRoutes(
  '/store/product-options',
  {
    entity: 'product_option',
    one: 'product_option',
    many: 'product_options',
    fields: {
      defaults: [...optionFields, 'values.*'],
      allowed: [...optionFields, 'values', ...prefixed('values', ['id', 'value'])],
      maxRelations: MAX_RELATIONS,
    },
  },
  { limit: 50, filters: { title: filter.text(), is_exclusive: filter.flag(), ...filter.dates() } },
)
