/** What storefronts find products by: collections, categories, tags, types and options. */
import * as filter from '../../../framework/http/filters.ts'
import type { ListRouteOptions } from '../../../framework/http/list-query.ts'
import type { Representation } from '../../../framework/http/representation.ts'
import { createRouter, type Router } from '../../../framework/http/router.ts'
import { lists, retrieves } from '../../../framework/http/routes.ts'
import { categoryList, deepOf, trees } from '../../category-trees.ts'
import { openIn } from '../../storefront.ts'
import { CATEGORY_FIELDS, under } from './category-fields.ts'
import { PRODUCT_FIELDS } from './product-fields.ts'

const PRODUCTS = ['products', ...under('products', PRODUCT_FIELDS)]
const MAX_RELATIONS = 3

/** List and retrieve, of what is open to shoppers. */
function openTo(path: string, representation: Omit<Representation, 'scope'>, list: ListRouteOptions): Router {
  const router = createRouter()
  const seen: Representation = { ...representation, scope: (c, params) => ({ ...openIn(c), deep: deepOf(params) }) }
  lists(router, seen, { path, ...list })
  retrieves(router, seen, { path: `${path}/{id}` })
  return router
}

const { deleted_at: _, ...madeAndChanged } = filter.dates()
const ofCollection = ['id', 'title', 'handle', 'external_id', 'created_at', 'updated_at']
export const storeCollections = openTo(
  '/store/collections',
  {
    entity: 'product_collection',
    one: 'collection',
    many: 'collections',
    fields: {
      defaults: ofCollection,
      allowed: [...ofCollection, 'metadata', 'deleted_at', ...PRODUCTS],
      maxRelations: MAX_RELATIONS,
    },
  },
  {
    limit: 10,
    order: '-created_at',
    filters: { ...filter.texts('title', 'handle', 'external_id'), ...madeAndChanged },
  },
)

const ofCategory = [
  ...['id', 'name', 'description', 'handle', 'rank', 'external_id', 'parent_category_id', 'created_at', 'updated_at'],
  'metadata',
]
export const storeProductCategories = openTo(
  '/store/product-categories',
  {
    entity: 'product_category',
    one: 'product_category',
    many: 'product_categories',
    fields: {
      defaults: [...ofCategory, '*parent_category', '*category_children'],
      allowed: [...ofCategory, ...CATEGORY_FIELDS],
      maxRelations: MAX_RELATIONS,
    },
    params: trees,
  },
  categoryList({ name: filter.text() }),
)

const ofWord = ['id', 'value', 'external_id', 'created_at', 'updated_at', 'metadata']
const words = (entity: string, many: string): Omit<Representation, 'scope'> => ({
  entity,
  one: entity,
  many,
  fields: { defaults: [...ofWord, '*products'], allowed: [...ofWord, ...PRODUCTS], maxRelations: MAX_RELATIONS },
})
const wordList = { limit: 50, filters: { ...filter.texts('value', 'external_id'), ...filter.dates() } }
export const storeProductTags = openTo('/store/product-tags', words('product_tag', 'product_tags'), wordList)
export const storeProductTypes = openTo('/store/product-types', words('product_type', 'product_types'), wordList)

const ofOption = ['id', 'title', 'is_exclusive', 'created_at', 'updated_at', 'metadata']
export const storeProductOptions = openTo(
  '/store/product-options',
  {
    entity: 'product_option',
    one: 'product_option',
    many: 'product_options',
    fields: {
      defaults: [...ofOption, 'values.*'],
      allowed: [...ofOption, 'values', ...under('values', ['id', 'value'])],
      maxRelations: MAX_RELATIONS,
    },
  },
  { limit: 50, filters: { title: filter.text(), is_exclusive: filter.flag(), ...filter.dates() } },
)
