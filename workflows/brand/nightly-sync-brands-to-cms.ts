import { join } from '../../framework/workflow/index.ts'
import { type SyncBrandsToCmsResult, syncBrandsToCms } from './sync-brands-to-cms.ts'

/** The scheduled sync. It joins a sync that is running. */
export async function nightlySyncBrandsToCms(): Promise<SyncBrandsToCmsResult | { joined: string }> {
  return join(syncBrandsToCms, {})
}
