import { decide } from '../../framework/activities/decide.ts'
import { crudMethods, defineActivities } from '../../framework/activities/define.ts'
import { idsOf } from '../../framework/ids-of.ts'
import type { Query } from '../../framework/query.ts'
import { inventory } from '../../modules/inventory/index.ts'
import { existingLocations } from '../../modules/inventory/rules/locations.ts'
import type { LevelChanges, NewItem } from '../../modules/inventory/service.ts'
import { shape } from '../../query/shape.ts'

const StockLocation = shape('stock_location', { id: true })

/** The ids of the locations of levels that exist. */
async function locationsOf(query: Query, levels: { location_id: string }[]): Promise<string[]> {
  return idsOf(await query.find(StockLocation, { id: levels.map(({ location_id }) => location_id) }))
}

const levelsOf = (items: NewItem[]) => items.flatMap(({ location_levels = [] }) => location_levels)

export const inventoryActivities = defineActivities(inventory, {
  write: ['updateInventoryItems', 'deleteInventoryItems', ...crudMethods('ReservationItems')],
  decide: {
    createInventoryItems: decide({
      modules: { inventory },
      facts: (query, items: NewItem[]) => locationsOf(query, levelsOf(items)),
      rule: (locations, items) => existingLocations(items, levelsOf(items), locations),
      write: ({ inventory }, items) => inventory.createInventoryItems(items),
      events: (items) => ({
        'inventory-item.created': idsOf(items),
        'inventory-level.created': idsOf(levelsOf(items)),
      }),
    }),
    changeInventoryLevels: decide({
      modules: { inventory },
      facts: (query, { create = [] }: LevelChanges) => locationsOf(query, create),
      rule: (locations, changes) => existingLocations(changes, changes.create ?? [], locations),
      write: ({ inventory }, changes) => inventory.changeInventoryLevels(changes),
      events: (_, __, { created, updated, deleted }) => ({
        'inventory-level.created': created,
        'inventory-level.deleted': deleted,
        'inventory-level.updated': updated,
      }),
    }),
  },
})
