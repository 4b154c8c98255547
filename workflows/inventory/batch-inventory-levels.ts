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
  /** Whose levels those are; of any item where it is left out. */
  deleteOf?: string
  /** Also levels that have stock. */
  force?: boolean
}

/** How much of what there is at which location: all of the changes, or none. */
export async function batchInventoryLevels(changes: BatchInventoryLevelsInput): Promise<ChangedLevels> {
  const create = (changes.create ?? []).map((level) => ({ ...level, id: newId('ilev') }))
  return write.changeInventoryLevels({ ...changes, create })
}
