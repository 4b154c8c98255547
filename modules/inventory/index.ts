import { defineModule } from '../../framework/model/module.ts'
import { createInventory } from './migrations/0001-inventory.ts'
import { exactStock } from './migrations/0002-exact-stock.ts'
import { InventoryItem, InventoryLevel, ReservationItem } from './models.ts'
import { InventoryService } from './service.ts'

/** What lies in stock, where, and for whom it is kept. */
export const inventory = defineModule({
  name: 'inventory',
  models: { inventory_item: InventoryItem, inventory_level: InventoryLevel, reservation_item: ReservationItem },
  service: InventoryService,
  migrations: { '0001-inventory': createInventory, '0002-exact-stock': exactStock },
})
