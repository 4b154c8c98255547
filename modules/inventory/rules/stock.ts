/** What may not be done to stock, and how it is said. */
import { Problem } from '../../../framework/problem.ts'
import type { InventoryLevel } from '../models.ts'

/** An item at a location. */
export type Place = Pick<InventoryLevel, 'inventory_item_id' | 'location_id'>

/** @throws Problem `not_allowed` where a level that is to be deleted is still needed. */
export function refuseKept(levels: InventoryLevel[], force: boolean): void {
  for (const level of levels) {
    if (isMore(level.reserved_quantity)) throw kept(level, 'some of it is reserved')
    if (isMore(level.incoming_quantity)) throw kept(level, 'some of it is on its way')
    if (isMore(level.stocked_quantity) && !force) throw kept(level, 'some of it is in stock; say force to delete it')
  }
}

/** @throws Problem `not_found` where an item has no level at a location. */
export function refuseUnstocked(wanted: readonly Place[], levels: readonly Place[]): void {
  const there = new Set(levels.map(placeOf))
  const missing = wanted.find((place) => !there.has(placeOf(place)))
  if (!missing) return
  const { inventory_item_id, location_id } = missing
  throw new Problem('not_found', `Item ${inventory_item_id} is not stocked at location ${location_id}`)
}

/** @throws Problem `not_allowed` where there is such a place. */
export function refuseShort([place]: readonly Place[]): void {
  if (!place) return
  const { inventory_item_id, location_id } = place
  const text = `Not enough stock available for item ${inventory_item_id} at location ${location_id}`
  throw new Problem('not_allowed', text, 'insufficient_inventory')
}

function kept({ inventory_item_id, location_id }: Place, why: string): Problem {
  const text = `The level of item ${inventory_item_id} at location ${location_id} cannot be deleted: ${why}`
  return new Problem('not_allowed', text)
}

const isMore = (quantity: string) => Number(quantity) > 0

/** The same for the same place. */
export const placeOf = ({ inventory_item_id, location_id }: Place) => JSON.stringify([inventory_item_id, location_id])
