/** The writes that create, update, move and delete categories. Pure. */
import type { Change, New } from '../../../framework/model/model.ts'
import type { ProductCategory } from '../groups.ts'
import { type Move, moveCategories, type Place, removeCategories } from './category-tree.ts'

export type NewCategory = Omit<New<typeof ProductCategory>, 'mpath' | 'rank'> & Move
export type CategoryChange = Omit<Change<typeof ProductCategory>, 'mpath' | 'rank'> & Move

export interface CategoryRows {
  created: New<typeof ProductCategory>[]
  updated: Change<typeof ProductCategory>[]
  deleted: string[]
}

export function newCategories(places: readonly Place[], categories: readonly NewCategory[]): CategoryRows {
  const moved = new Map(moveCategories(places, categories).map((one) => [one.id, one]))
  const created = categories.map((one) => ({ ...one, ...moved.get(one.id)! }))
  for (const { id } of categories) moved.delete(id)
  return { created, updated: [...moved.values()], deleted: [] }
}

export function changedCategories(places: readonly Place[], changes: readonly CategoryChange[]): CategoryRows {
  const moved = new Map(moveCategories(places, changes.filter(isMove)).map((one) => [one.id, one]))
  const own = changes.map(({ rank: _, parent_category_id: __, ...fields }) => ({ ...fields, ...moved.get(fields.id) }))
  for (const { id } of changes) moved.delete(id)
  return { created: [], updated: [...own, ...moved.values()], deleted: [] }
}

export function deletedCategories(places: readonly Place[], ids: string[]): CategoryRows {
  return { created: [], updated: removeCategories(places, ids), deleted: ids }
}

/** Whether a change sets the parent or rank. */
export function isMove({ parent_category_id, rank }: Move): boolean {
  return parent_category_id !== undefined || rank !== undefined
}
