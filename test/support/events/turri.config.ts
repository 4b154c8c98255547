import { defineProject } from '../../../framework/project.ts'
import { core } from '../../../index.ts'
import { beside } from '../beside.ts'
import { thingActivities, thingModules } from '../sagas/module.ts'

/** The project of the event tests. */
export const eventProject = defineProject({
  extends: core(),
  modules: thingModules,
  activities: thingActivities.filter(({ module }) => module !== 'cms'),
  workflows: beside(import.meta.url, 'workflows'),
  subscribers: beside(import.meta.url, 'subscribers'),
})

export default eventProject
