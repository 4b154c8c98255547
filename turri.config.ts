import { core } from './index.ts'

/** What this project is: the core, as it comes. */
export default core()
