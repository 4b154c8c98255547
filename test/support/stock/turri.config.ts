import { core } from '../../../index.ts'

/** The core without schedules, for workers that are killed. */
export default { ...core(), schedules: [] }
