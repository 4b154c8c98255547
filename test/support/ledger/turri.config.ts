import { defineProject } from '../../../framework/project.ts'
import { beside } from '../beside.ts'
import { archive, ledger, ledgerActivities } from './module.ts'

/** The project of tests that kill workers. */
export const ledgerProject = defineProject({
  modules: [ledger, archive],
  activities: ledgerActivities,
  workflows: beside(import.meta.url, 'workflows'),
})

export default ledgerProject
