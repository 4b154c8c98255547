import type { New } from '../../framework/model/model.ts'
import { Service } from '../../framework/model/service.ts'
import type { InventoryItem, InventoryLevel, ReservationItem } from './models.ts'

export class InventoryService extends Service<{
  inventory_item: typeof InventoryItem
  inventory_level: typeof InventoryLevel
  reservation_item: typeof ReservationItem
}> {
  createInventoryItems = (items: New<typeof InventoryItem>[]) => this.rows.inventory_item.create(items)
  deleteInventoryItems = (ids: string[]) => this.rows.inventory_item.softDelete(ids)
}
