/** What the clock starts of the framework itself. */
import type { ScheduleDefinition } from '../temporal/schedules.ts'
import { prune, sweep } from '../workflow/own-workflows.ts'

/** Part of every project. */
export const ownSchedules: ScheduleDefinition[] = [
  { id: 'turri-sweep', workflow: sweep, cron: '* * * * *' },
  { id: 'turri-prune', workflow: prune, cron: '30 4 * * *' },
]
