/** Queries of categories, in the Admin API and the Store API. */
import * as filter from '../framework/http/filters.ts'
import type { ListRouteOptions } from '../framework/http/list-query.ts'
import type { z } from '../framework/http/router.ts'

/** Whether all ancestors and descendants of a category are returned with it. */
export const treeParams = { include_ancestors_tree: filter.flag(), include_descendants_tree: filter.flag() }

/** The relations that are followed to their end. */
export function deepRelations(params: Record<string, unknown>): string[] {
  return [
    ...(params.include_ancestors_tree ? ['parent_category'] : []),
    ...(params.include_descendants_tree ? ['category_children'] : []),
  ]
}

/** Category editors request 9999 at once. */
const MAX_CATEGORIES = 10_000

/** The options of a list of categories; `null` filters for those without a parent or external id. */
export function categoryList(more: z.ZodRawShape): ListRouteOptions {
  return {
    limit: 50,
    maxLimit: MAX_CATEGORIES,
    order: 'rank',
    filters: {
      ...filter.texts('description', 'handle', 'parent_category_id', 'external_id'),
      ...filter.dates(),
      ...more,
    },
    filterAliases: {
      parent_category_id: filter.nullable('parent_category_id'),
      external_id: filter.nullable('external_id'),
    },
  }
}
