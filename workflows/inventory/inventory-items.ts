import { idsOf, withIds } from '../../framework/workflow/index.ts'
import type { InventoryItem, InventoryLevel } from '../../modules/inventory/models.ts'
import { write } from '../steps.ts'

type Fields = Partial<Omit<InventoryItem, 'id' | 'created_at' | 'updated_at' | 'deleted_at'>>
type Level = Pick<InventoryLevel, 'location_id'> &
  Partial<Pick<InventoryLevel, 'stocked_quantity' | 'incoming_quantity'>>

/** Adds items with their levels: all of them, or none where a SKU is taken. */
export async function createInventoryItems({
  inventory_items,
}: {
  inventory_items: (Fields & { location_levels?: Level[] })[]
}): Promise<{ id: string }[]> {
  const items = withIds('iitem', inventory_items).map((item) => ({
    ...item,
    location_levels: withIds('ilev', item.location_levels ?? []),
  }))
  return write.createInventoryItems(items)
}

/** Changes what is given and leaves the rest. */
export async function updateInventoryItems({
  inventory_items,
}: {
  inventory_items: (Fields & { id: string })[]
}): Promise<{ id: string }[]> {
  const emits = { 'inventory-item.updated': idsOf(inventory_items) }
  return write.updateInventoryItems(inventory_items, { emits })
}

/** Deletes items with their levels, and what links them: all of them, or none where something is reserved. */
export async function deleteInventoryItems({ ids }: { ids: string[] }): Promise<string[]> {
  return write.deleteInventoryItems(ids, { emits: { 'inventory-item.deleted': ids } })
}
