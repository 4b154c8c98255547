import { defineProject } from '../../../framework/project.ts'
import { cms, cmsFromEnvironment } from '../../../modules/cms/index.ts'
import { beside } from '../beside.ts'
import { thingActivities, thingModules } from './module.ts'

/** The project of the random sagas. */
export const sagaProject = defineProject({
  modules: [...thingModules, cms.with(cmsFromEnvironment())],
  activities: thingActivities,
  workflows: beside(import.meta.url, 'workflows'),
})

export default sagaProject
