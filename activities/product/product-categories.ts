import { decide } from '../../framework/activities/decide.ts'
import { defineActivities } from '../../framework/activities/define.ts'
import { idsOf } from '../../framework/ids-of.ts'
import type { Query } from '../../framework/query.ts'
import { product } from '../../modules/product/index.ts'
import {
  type CategoryChange,
  changedCategories,
  deletedCategories,
  isMove,
  type NewCategory,
  newCategories,
} from '../../modules/product/rules/category-changes.ts'
import type { Move, Place } from '../../modules/product/rules/category-tree.ts'
import { shape } from '../../query/shape.ts'

/** A move locks the whole tree, so that ranks have no gaps and no category becomes its own descendant. */
export const productCategoryActivities = defineActivities(product, {
  write: ['linkProductsToCategory'],
  decide: {
    createProductCategories: decide({
      modules: { product },
      lock: () => ({ product_category: 'all' }),
      facts: (query, categories: NewCategory[]) => placesAround(query, categories),
      rule: newCategories,
      write: ({ product }, rows) => product.changeCategories(rows),
      events: (_, categories) => ({ 'product-category.created': idsOf(categories) }),
    }),
    updateProductCategories: decide({
      modules: { product },
      lock: (changes: CategoryChange[]) => ({ product_category: changes.some(isMove) ? 'all' : [] }),
      facts: (query, changes) => placesAround(query, changes.filter(isMove)),
      rule: changedCategories,
      write: ({ product }, rows) => product.changeCategories(rows),
      events: (_, changes) => ({ 'product-category.updated': idsOf(changes) }),
    }),
    deleteProductCategories: decide({
      modules: { product },
      lock: () => ({ product_category: 'all' }),
      facts: (query, ids: string[]) =>
        placesAround(
          query,
          ids.map((id) => ({ id })),
          ids,
        ),
      rule: deletedCategories,
      write: ({ product }, rows) => product.changeCategories(rows),
      events: (_, ids) => ({ 'product-category.deleted': ids }),
    }),
  },
})

const Category = shape('product_category', { id: true, parent_category_id: true, rank: true, mpath: true })

/** The categories, their old and new parents, the children of these, and the descendants of categories that get another parent. */
async function placesAround(query: Query, moves: Move[], parents: string[] = []): Promise<Place[]> {
  if (moves.length === 0) return []
  const newParents = moves.map(({ parent_category_id }) => parent_category_id)
  const ids = [...moves.map(({ id }) => id), ...newParents]
  const categories = await query.find(Category, { id: ids })
  const parentsAround = [
    ...parents,
    ...categories.map((one) => one.parent_category_id),
    ...newParents.map((id) => id ?? null),
  ]
  const leaving = categories.filter((one) =>
    moves.some(({ id, parent_category_id }) => id === one.id && parent_category_id !== undefined),
  )
  const around = [
    { parent_category_id: parentsAround },
    ...leaving.map(({ mpath }) => ({ mpath: { $like: `${mpath}.%` } })),
  ]
  const rows = await query.find(Category, { $or: around })
  return [...new Map([...categories, ...rows].map((one) => [one.id, one])).values()]
}
