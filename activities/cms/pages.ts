import { defineActivities } from '../../framework/activities/define.ts'
import { cms } from '../../modules/cms/index.ts'

export const cmsActivities = defineActivities(cms, {
  call: ['findMissingInCms', 'createBrandsInCms'],
  undoCall: ['deleteBrandsFromCms'],
})
