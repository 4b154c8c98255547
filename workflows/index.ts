/** The catalogue: every exported function is a workflow that can be started by its name. */
export { createBrands } from './brand/create-brands.ts'
export { deleteBrands } from './brand/delete-brands.ts'
export { nightlySyncBrandsToCms } from './brand/nightly-sync-brands-to-cms.ts'
export { syncBrandsToCms } from './brand/sync-brands-to-cms.ts'
export { updateBrands } from './brand/update-brands.ts'
