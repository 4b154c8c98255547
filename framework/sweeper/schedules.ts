/** The framework's own schedules. */
import type { ScheduleDefinition } from '../temporal/schedules.ts'
import { prune, sweep } from '../workflow/framework-workflows.ts'

/** Part of every project. */
export const frameworkSchedules: ScheduleDefinition[] = [
  { id: 'turri-sweep', workflow: sweep, cron: '* * * * *' },
  { id: 'turri-prune', workflow: prune, cron: '30 4 * * *' },
]
