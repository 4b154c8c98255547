import { decide } from '../../framework/activities/decide.ts'
import { changesOf, defineActivities } from '../../framework/activities/define.ts'
import { rowsById } from '../../framework/activities/facts.ts'
import { ALL, type Filters, type Query } from '../../framework/query.ts'
import { inventory } from '../../modules/inventory/index.ts'
import {
  type ItemsDeletion,
  itemsOf,
  itemsOnlyOf,
  type LeftItems,
  leftItems,
} from '../../modules/inventory/rules/left-items.ts'
import { existingLocations } from '../../modules/inventory/rules/locations.ts'
import type { InventoryService, LevelChanges, NewItem } from '../../modules/inventory/service.ts'

/** The ids of locations that are there, of those where something is to be stocked. */
async function locationsOf(query: Query, levels: { location_id: string }[]): Promise<string[]> {
  const named = levels.map(({ location_id }) => location_id)
  const rows = await rowsById<{ id: string }>(query, 'stock_location', named, ['id'])
  return rows.map(({ id }) => id)
}

/** The items that variants have, which nobody links to others meanwhile. */
async function itemsNow(query: Query, variantIds: string[]): Promise<LeftItems> {
  const list = async (filters: Filters) => {
    const { rows } = await query.list<{ id: string }>('inventory_item', { fields: ['id'], filters, limit: ALL })
    return rows.map(({ id }) => id)
  }
  return { all: await list(itemsOf(variantIds)), alone: await list(itemsOnlyOf(variantIds)) }
}

const levelsOf = (items: NewItem[]) => items.flatMap(({ location_levels = [] }) => location_levels)

export const inventoryActivities = defineActivities(inventory, {
  write: ['updateInventoryItems', 'deleteInventoryItems', ...changesOf('ReservationItems')],
  decide: {
    createInventoryItems: decide({
      facts: (query, items: NewItem[]) => locationsOf(query, levelsOf(items)),
      rule: (locations, items) => existingLocations(items, levelsOf(items), locations),
      write: (service: InventoryService, items) => service.createInventoryItems(items),
    }),
    deleteItemsOfVariants: decide({
      lock: ({ all }: ItemsDeletion) => ({ inventory_item: all }),
      facts: (query, { variant_ids }) => itemsNow(query, variant_ids),
      rule: leftItems,
      write: (service: InventoryService, ids) => service.deleteInventoryItems(ids),
    }),
    changeInventoryLevels: decide({
      facts: (query, { create = [] }: LevelChanges) => locationsOf(query, create),
      rule: (locations, changes) => existingLocations(changes, changes.create ?? [], locations),
      write: (service: InventoryService, changes) => service.changeInventoryLevels(changes),
    }),
  },
})
