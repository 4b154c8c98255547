import type { StoreUpdate } from '../../activities/store/stores.ts'
import type { Store } from '../../modules/store/models.ts'
import { write } from '../steps.ts'

/** Changes what is given and leaves the rest; currencies and locales that are given are all that a store has. */
export async function updateStores({ stores }: { stores: StoreUpdate[] }): Promise<Store[]> {
  return write.updateStores(stores)
}
