import type { Activities } from '../activities/index.ts'
import { steps } from '../framework/workflow/index.ts'

/** The ways to call an activity, sorted by what happens if it runs twice. */
export const { read, write, call, undo } = steps<Activities>()
