import type { StoreUpdate } from '../../activities/store/stores.ts'
import type { Store } from '../../modules/store/models.ts'
import { write } from '../steps.ts'

/** If currencies or locales are given, they replace those of the store. */
export async function updateStores({ stores }: { stores: StoreUpdate[] }): Promise<Store[]> {
  return write.updateStores(stores)
}
