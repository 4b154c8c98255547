import { defineLink } from '../framework/link/define-link.ts'

/** The stock location of an inventory level. */
export const inventoryLevelStockLocation = defineLink({
  kind: 'readonly',
  from: 'inventory_level',
  column: 'location_id',
  as: 'stock_locations',
  to: 'stock_location',
  many: true,
})
