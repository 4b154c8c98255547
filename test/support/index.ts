/** Helpers for the tests of users' projects. */
export { type FakeCms, startFakeCms, type Trouble } from './fake-cms.ts'
export { createWorld, type World, type WorldOptions } from './world.ts'
