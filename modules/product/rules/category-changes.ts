/** What is written where categories are made, changed, moved or deleted. Pure. */
import type { Change, New } from '../../../framework/model/model.ts'
import type { ProductCategory } from '../groups.ts'
import { type Move, moved, type Place, removed } from './category-tree.ts'

export type NewCategory = Omit<New<typeof ProductCategory>, 'mpath' | 'rank'> & Move
export type CategoryChange = Omit<Change<typeof ProductCategory>, 'mpath' | 'rank'> & Move

/** The rows of one step. */
export interface CategoryRows {
  created: New<typeof ProductCategory>[]
  updated: Change<typeof ProductCategory>[]
  deleted: string[]
}

export function newCategories(places: readonly Place[], categories: readonly NewCategory[]): CategoryRows {
  const taken = new Map(moved(places, categories).map((one) => [one.id, one]))
  const created = categories.map((one) => ({ ...one, ...taken.get(one.id)! }))
  for (const { id } of categories) taken.delete(id)
  return { created, updated: [...taken.values()], deleted: [] }
}

export function changedCategories(places: readonly Place[], changes: readonly CategoryChange[]): CategoryRows {
  const taken = new Map(moved(places, changes.filter(isMove)).map((one) => [one.id, one]))
  const own = changes.map(({ rank: _, parent_category_id: __, ...fields }) => ({ ...fields, ...taken.get(fields.id) }))
  for (const { id } of changes) taken.delete(id)
  return { created: [], updated: [...own, ...taken.values()], deleted: [] }
}

export function deletedCategories(places: readonly Place[], ids: string[]): CategoryRows {
  return { created: [], updated: removed(places, ids), deleted: ids }
}

/** Whether a change says where the category is to stand. */
export function isMove({ parent_category_id, rank }: Move): boolean {
  return parent_category_id !== undefined || rank !== undefined
}
