import { fileURLToPath } from 'node:url'
import { defineProject, type Project } from '../../../framework/project.ts'
import { thingActivities, thingModules } from '../sagas/module.ts'

/** A handler at each hook of the core. */
export const hooked = (base: Project): Project =>
  defineProject({
    extends: base,
    modules: thingModules,
    activities: thingActivities.filter(({ module }) => module !== 'cms'),
    hooks: fileURLToPath(new URL('./handlers.ts', import.meta.url)),
  })
