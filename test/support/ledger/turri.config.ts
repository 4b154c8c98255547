import { fileURLToPath } from 'node:url'
import { defineProject } from '../../../framework/project.ts'
import { archive, ledger, ledgerActivities } from './module.ts'

/** The project whose worker is killed in tests. */
export const ledgerProject = defineProject({
  modules: [ledger, archive],
  activities: ledgerActivities,
  workflows: fileURLToPath(new URL('./workflows.ts', import.meta.url)),
})

export default ledgerProject
