/** What tests of users' projects are written with. */
export { type FakeCms, startFakeCms, type Trouble } from './fake-cms.ts'
export { createWorld, type World, type WorldOptions } from './world.ts'
