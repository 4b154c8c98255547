/** Checks of inventory levels. */
import { Problem } from '../../../framework/problem.ts'
import type { InventoryLevel } from '../models.ts'

/** An item at a location. */
export type Place = Pick<InventoryLevel, 'inventory_item_id' | 'location_id'>

/** @throws Problem `not_allowed` if a level has reservations, incoming stock, or, without `force`, stock. */
export function refuseLevelsInUse(levels: InventoryLevel[], force: boolean): void {
  for (const level of levels) {
    if (isPositive(level.reserved_quantity)) throw levelInUse(level, 'some of it is reserved')
    if (isPositive(level.incoming_quantity)) throw levelInUse(level, 'some of it is on its way')
    if (isPositive(level.stocked_quantity) && !force)
      throw levelInUse(level, 'some of it is in stock; say force to delete it')
  }
}

/** @throws Problem `not_found` if an item has no level at a location. */
export function refuseUnstocked(wanted: readonly Place[], levels: readonly Place[]): void {
  const stocked = new Set(levels.map(placeKey))
  const missing = wanted.find((place) => !stocked.has(placeKey(place)))
  if (!missing) return
  const { inventory_item_id, location_id } = missing
  throw new Problem('not_found', `Item ${inventory_item_id} is not stocked at location ${location_id}`)
}

/** @param places those with less stock than is to be reserved. @throws Problem `not_allowed` if there are any. */
export function refuseInsufficient([place]: readonly Place[]): void {
  if (!place) return
  const { inventory_item_id, location_id } = place
  const text = `Not enough stock available for item ${inventory_item_id} at location ${location_id}`
  throw new Problem('not_allowed', text, 'insufficient_inventory')
}

function levelInUse({ inventory_item_id, location_id }: Place, why: string): Problem {
  const text = `The level of item ${inventory_item_id} at location ${location_id} cannot be deleted: ${why}`
  return new Problem('not_allowed', text)
}

const isPositive = (quantity: string) => Number(quantity) > 0

export const placeKey = ({ inventory_item_id, location_id }: Place) => JSON.stringify([inventory_item_id, location_id])
