import { idsOf, withIds } from '../../framework/workflow/index.ts'
import type { InventoryItem, InventoryLevel } from '../../modules/inventory/models.ts'
import { write } from '../steps.ts'

type ItemFields = Partial<Omit<InventoryItem, 'id' | 'created_at' | 'updated_at' | 'deleted_at'>>
type Level = Pick<InventoryLevel, 'location_id'> &
  Partial<Pick<InventoryLevel, 'stocked_quantity' | 'incoming_quantity'>>

/** Creates items with their levels. Refused if a SKU is taken. */
export async function createInventoryItems({
  inventory_items,
}: {
  inventory_items: (ItemFields & { location_levels?: Level[] })[]
}): Promise<{ id: string }[]> {
  const items = withIds('iitem', inventory_items).map((item) => ({
    ...item,
    location_levels: withIds('ilev', item.location_levels ?? []),
  }))
  return write.createInventoryItems(items)
}

export async function updateInventoryItems({
  inventory_items,
}: {
  inventory_items: (ItemFields & { id: string })[]
}): Promise<{ id: string }[]> {
  const emits = { 'inventory-item.updated': idsOf(inventory_items) }
  return write.updateInventoryItems(inventory_items, { emits })
}

/** Deletes items with their levels. Refused if an item has reservations. */
export async function deleteInventoryItems({ ids }: { ids: string[] }): Promise<string[]> {
  return write.deleteInventoryItems(ids, { emits: { 'inventory-item.deleted': ids } })
}
