import { fileURLToPath } from 'node:url'
import { defineProject, type Project } from '../../../framework/project.ts'
import { archive, ledger, ledgerActivities } from './module.ts'

/** The project whose worker is killed in tests. */
export const ledgerProject = defineProject({
  modules: [ledger, archive] as unknown as Project['modules'],
  activities: ledgerActivities as unknown as Project['activities'],
  workflows: fileURLToPath(new URL('./workflows.ts', import.meta.url)),
})

export default ledgerProject
