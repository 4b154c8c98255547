import { join } from '../../framework/workflow/index.ts'
import { type SyncBrandsToCmsResult, syncBrandsToCms } from './sync-brands-to-cms.ts'

/** What the clock starts: it joins the one sync, which may run already. */
export async function nightlySyncBrandsToCms(): Promise<SyncBrandsToCmsResult | { joined: string }> {
  return join(syncBrandsToCms, {})
}
