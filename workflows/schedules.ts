import type { ScheduleDefinition } from '../framework/temporal/schedules.ts'
import { nightlySyncBrandsToCms } from './brand/nightly-sync-brands-to-cms.ts'

/** The schedules of the core, reconciled with Temporal whenever a worker starts. */
export const schedules: ScheduleDefinition[] = [
  { id: 'nightly-sync-brands-to-cms', workflow: nightlySyncBrandsToCms, cron: '0 3 * * *' },
]
