import { defineActivities } from '../framework/activities/define.ts'
import { inventory } from '../modules/inventory/index.ts'

export const inventoryActivities = defineActivities(inventory, {
  write: [
    'createInventoryItems',
    'updateInventoryItems',
    'deleteInventoryItems',
    'changeInventoryLevels',
    'createReservationItems',
    'updateReservationItems',
    'deleteReservationItems',
  ],
})
