import type { Activities } from '../activities/index.ts'
import { steps } from '../framework/workflow/index.ts'

/** The ways to call an activity, sorted by what happens if it runs twice. */
export const { read, write, together, call, undo } = steps<Activities>()

/** Notes writes that are to be one step, as `together` hands it out. */
export type Noted = Parameters<Parameters<typeof together>[0]>[0]
