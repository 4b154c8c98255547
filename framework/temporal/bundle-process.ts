/** The bundling process, started by `bundle.ts`: it makes one workflow bundle, sends the result, and ends. */
import { once } from 'node:events'
import { register } from 'tsx/esm/api'
import type { Bundled } from './bundle.ts'
import type { BundleRequest } from './make-bundle.ts'

process.once('disconnect', () => process.exit()) // the parent has ended
const message = once(process, 'message') as Promise<[BundleRequest]>
register() // a project is written in TypeScript
const { makeBundle } = await import('./make-bundle.ts')
const [request] = await message
const bundled: Bundled = await makeBundle(request).then(
  (manifest) => ({ manifest }),
  (error: Error) => ({ error: error.message }),
)
process.send!(bundled, () => process.disconnect())
