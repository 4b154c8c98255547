/** The positions of categories in their tree: parent and rank. Pure. */
import { brokenReference, Problem } from '../../../framework/problem.ts'

/** `rank` counts siblings from 0; `mpath` is the path from the root to the category, ids joined by dots. */
export interface Place {
  id: string
  parent_category_id: string | null
  rank: number
  mpath: string
}

/** A new position. The default rank is the last, or the current one if the parent stays the same. */
export interface Move {
  id: string
  parent_category_id?: string | null | undefined
  rank?: number | undefined
}

type Tree = Map<string, Place>

/**
 * Moves categories one after the other; a category that is not in the tree is added.
 *
 * @param places those of the categories, their old and new parents, their siblings there, and their descendants.
 * @returns the places that change.
 * @throws Problem `not_found` if a parent does not exist, `not_allowed` if a category would become its own descendant.
 */
export function moveCategories(places: readonly Place[], moves: readonly Move[]): Place[] {
  const tree = treeOf(places)
  for (const move of moves) moveCategory(tree, move)
  return changedPlaces(places, tree)
}

/**
 * Removes categories from the tree.
 *
 * @returns the places of others that change.
 * @throws Problem `not_allowed` if a category has children that are not removed.
 */
export function removeCategories(places: readonly Place[], ids: readonly string[]): Place[] {
  const tree = treeOf(places)
  const removed = new Set(ids)
  const orphan = places.find(({ id, parent_category_id: parent }) => parent && removed.has(parent) && !removed.has(id))
  if (orphan) {
    const { parent_category_id: id } = orphan
    throw new Problem('not_allowed', `Product Category with id: ${id} has category children and cannot be deleted`)
  }
  for (const id of ids) tree.delete(id)
  for (const { id, parent_category_id: parent } of places) if (removed.has(id)) rankSiblings(childrenOf(tree, parent))
  return changedPlaces(places, tree)
}

function moveCategory(tree: Tree, { id, parent_category_id, rank }: Move): void {
  const before = tree.get(id)
  const parentId = parent_category_id === undefined ? (before?.parent_category_id ?? null) : parent_category_id
  const stays = before?.parent_category_id === parentId
  const mpath = stays ? before.mpath : pathOf(tree, id, parentId)
  const siblings = childrenOf(tree, parentId).filter((child) => child.id !== id)
  const place = { id, parent_category_id: parentId, rank: 0, mpath }
  siblings.splice(rank ?? (stays ? before.rank : siblings.length), 0, place)
  tree.set(id, place)
  rankSiblings(siblings)
  if (!before || stays) return
  rankSiblings(childrenOf(tree, before.parent_category_id))
  for (const one of tree.values()) {
    if (one.mpath.startsWith(`${before.mpath}.`)) one.mpath = mpath + one.mpath.slice(before.mpath.length)
  }
}

function pathOf(tree: Tree, id: string, parentId: string | null): string {
  if (parentId === null) return id
  const parent = tree.get(parentId)
  if (!parent) throw brokenReference('parent_category_id', parentId)
  if (parent.mpath.split('.').includes(id)) {
    throw new Problem('not_allowed', `Product Category with id: ${id} cannot be moved below itself`)
  }
  return `${parent.mpath}.${id}`
}

function childrenOf(tree: Tree, parentId: string | null): Place[] {
  const children = [...tree.values()].filter((child) => child.parent_category_id === parentId)
  return children.sort((a, b) => a.rank - b.rank || (a.id < b.id ? -1 : 1))
}

function rankSiblings(siblings: Place[]): void {
  siblings.forEach((one, i) => {
    one.rank = i
  })
}

function treeOf(places: readonly Place[]): Tree {
  return new Map(places.map((one) => [one.id, { ...one }]))
}

function changedPlaces(places: readonly Place[], tree: Tree): Place[] {
  const before = new Map(places.map((one) => [one.id, one]))
  const isSame = (a: Place, b: Place | undefined) =>
    a.parent_category_id === b?.parent_category_id && a.rank === b.rank && a.mpath === b.mpath
  return [...tree.values()].filter((one) => !isSame(one, before.get(one.id)))
}
