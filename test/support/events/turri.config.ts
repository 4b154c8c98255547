import { fileURLToPath } from 'node:url'
import { defineProject } from '../../../framework/project.ts'
import { core } from '../../../index.ts'
import { thingActivities, thingModules } from '../sagas/module.ts'

const here = (name: string) => fileURLToPath(new URL(`./${name}`, import.meta.url))

/** The project whose events are counted. */
export const eventProject = defineProject({
  extends: core(),
  modules: thingModules,
  activities: thingActivities.filter(({ module }) => module !== 'cms'),
  workflows: here('workflows.ts'),
  subscribers: here('subscribers.ts'),
})

export default eventProject
