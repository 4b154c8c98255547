import { core } from '../../../index.ts'

/** The core without its clock, for workers that are killed. */
export default { ...core(), schedules: [] }
