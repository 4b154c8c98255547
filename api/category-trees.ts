/** How categories are asked for, by admins and by shops. */
import * as filter from '../framework/http/filters.ts'
import type { ListRouteOptions } from '../framework/http/list-query.ts'
import type { z } from '../framework/http/router.ts'

/** Whether all that is above and below a category is shown with it. */
export const trees = { include_ancestors_tree: filter.flag(), include_descendants_tree: filter.flag() }

/** The relations that go on to their end. */
export function deepOf(params: Record<string, unknown>): string[] {
  return [
    ...(params.include_ancestors_tree ? ['parent_category'] : []),
    ...(params.include_descendants_tree ? ['category_children'] : []),
  ]
}

/** Editors of the tree ask for 9999 of them at once. */
const MAX_CATEGORIES = 10_000

/** A list of categories; clients ask also for those that have no parent. */
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
