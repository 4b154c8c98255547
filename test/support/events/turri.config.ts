import { fileURLToPath } from 'node:url'
import { defineProject } from '../../../framework/project.ts'
import { sagaProject } from '../sagas/turri.config.ts'

const here = (name: string) => fileURLToPath(new URL(`./${name}`, import.meta.url))

/** The project whose events are counted. */
export const eventProject = defineProject({
  extends: sagaProject,
  workflows: here('workflows.ts'),
  subscribers: here('subscribers.ts'),
})

export default eventProject
