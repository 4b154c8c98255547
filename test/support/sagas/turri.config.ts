import { fileURLToPath } from 'node:url'
import { defineProject } from '../../../framework/project.ts'
import { cms, cmsFromEnvironment } from '../../../modules/cms/index.ts'
import { thingActivities, thingModules } from './module.ts'

/** The project whose sagas are made at random, and killed at random. */
export const sagaProject = defineProject({
  modules: [...thingModules, cms.with(cmsFromEnvironment())],
  activities: thingActivities,
  workflows: fileURLToPath(new URL('./workflows.ts', import.meta.url)),
})

export default sagaProject
