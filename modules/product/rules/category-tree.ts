/** Where categories stand in their tree: below whom, and as the how-manieth. Pure. */
import { brokenReference, Problem } from '../../../framework/problem.ts'

/** `rank` counts from 0 among those with the same parent; `mpath` is the way from the root to the category, ids joined by dots. */
export interface Place {
  id: string
  parent_category_id: string | null
  rank: number
  mpath: string
}

/** Where a category is to stand: with no rank last, or, where the parent is the same, where it stands. */
export interface Move {
  id: string
  parent_category_id?: string | null | undefined
  rank?: number | undefined
}

type Tree = Map<string, Place>

/**
 * The places that change where these are taken, one after the other; a category that has none yet gets one.
 *
 * @param places of the categories in question, their old and new parents, all with the same parents, and all below.
 * @throws Problem `not_found` where a parent is not there, `not_allowed` where a category would come to stand below itself.
 */
export function moved(places: readonly Place[], moves: readonly Move[]): Place[] {
  const tree = treeOf(places)
  for (const move of moves) place(tree, move)
  return changed(places, tree)
}

/**
 * The places that change where these are left.
 *
 * @throws Problem `not_allowed` where a category would be left without its parent.
 */
export function removed(places: readonly Place[], ids: readonly string[]): Place[] {
  const tree = treeOf(places)
  const gone = new Set(ids)
  const orphan = places.find(({ id, parent_category_id: parent }) => parent && gone.has(parent) && !gone.has(id))
  if (orphan) {
    const { parent_category_id: id } = orphan
    throw new Problem('not_allowed', `Product Category with id: ${id} has category children and cannot be deleted`)
  }
  for (const id of ids) tree.delete(id)
  for (const { id, parent_category_id: parent } of places) if (gone.has(id)) rank(childrenOf(tree, parent))
  return changed(places, tree)
}

function place(tree: Tree, { id, parent_category_id, rank: wanted }: Move): void {
  const before = tree.get(id)
  const parentId = parent_category_id === undefined ? (before?.parent_category_id ?? null) : parent_category_id
  const stays = before?.parent_category_id === parentId
  const mpath = stays ? before.mpath : pathOf(tree, id, parentId)
  const family = childrenOf(tree, parentId).filter((child) => child.id !== id)
  const own = { id, parent_category_id: parentId, rank: 0, mpath }
  family.splice(wanted ?? (stays ? before.rank : family.length), 0, own)
  tree.set(id, own)
  rank(family)
  if (!before || stays) return
  rank(childrenOf(tree, before.parent_category_id))
  for (const below of tree.values()) {
    if (below.mpath.startsWith(`${before.mpath}.`)) below.mpath = mpath + below.mpath.slice(before.mpath.length)
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

function rank(family: Place[]): void {
  family.forEach((one, i) => {
    one.rank = i
  })
}

function treeOf(places: readonly Place[]): Tree {
  return new Map(places.map((one) => [one.id, { ...one }]))
}

function changed(places: readonly Place[], tree: Tree): Place[] {
  const before = new Map(places.map((one) => [one.id, one]))
  const isSame = (a: Place, b: Place | undefined) =>
    a.parent_category_id === b?.parent_category_id && a.rank === b.rank && a.mpath === b.mpath
  return [...tree.values()].filter((one) => !isSame(one, before.get(one.id)))
}
