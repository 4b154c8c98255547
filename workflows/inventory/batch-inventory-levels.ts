import { newId } from '../../framework/workflow/index.ts'
import type { InventoryLevel } from '../../modules/inventory/models.ts'
import type { Place } from '../../modules/inventory/rules/stock.ts'
import type { ChangedLevels } from '../../modules/inventory/service.ts'
import { write } from '../steps.ts'

type Level = Place & Partial<Pick<InventoryLevel, 'stocked_quantity' | 'incoming_quantity'>>

export interface BatchInventoryLevelsInput {
  create?: Level[]
  update?: Level[]
  /** Ids of levels. */
  delete?: string[]
  /** The item that the levels in `delete` must belong to; default: any */
  deleteOf?: string
  /** Levels to delete by item and location. */
  deleteAt?: Place[]
  /** Also levels that have stock. */
  force?: boolean
}

/** Creates, updates and deletes inventory levels. A level with reservations or incoming stock cannot be deleted. */
export async function batchInventoryLevels(changes: BatchInventoryLevelsInput): Promise<ChangedLevels> {
  const create = (changes.create ?? []).map((level) => ({ ...level, id: newId('ilev') }))
  return write.changeInventoryLevels({ ...changes, create })
}
