import { defineModule } from '../../framework/model/module.ts'
import { createInventory } from './migrations/0001-inventory.ts'
import { exactStock } from './migrations/0002-exact-stock.ts'
import { InventoryItem, InventoryLevel, ReservationItem } from './models.ts'
import { InventoryService } from './service.ts'

/** Inventory items, their levels at locations, and reservations. */
export const inventory = defineModule({
  name: 'inventory',
  models: { inventory_item: InventoryItem, inventory_level: InventoryLevel, reservation_item: ReservationItem },
  service: InventoryService,
  migrations: { '0001-inventory': createInventory, '0002-exact-stock': exactStock },
})
