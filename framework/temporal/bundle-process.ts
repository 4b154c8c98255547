/** A process that makes one workflow bundle, says how that went, and ends; started by `bundle.ts`. */
import { once } from 'node:events'
import { register } from 'tsx/esm/api'
import type { Bundled } from './bundle.ts'
import type { Asked } from './make-bundle.ts'

process.once('disconnect', () => process.exit()) // nobody waits for it any more
const asking = once(process, 'message') as Promise<[Asked]>
register() // a project is written in TypeScript
const { makeBundle } = await import('./make-bundle.ts')
const [asked] = await asking
const bundled: Bundled = await makeBundle(asked).then(
  (manifest) => ({ manifest }),
  (error: Error) => ({ error: error.message }),
)
process.send!(bundled, () => process.disconnect())
