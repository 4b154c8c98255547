/** The catalogue: every exported function is a workflow that can be started by its name. */
export { createBrands } from './brand/create-brands.ts'
export { deleteBrands } from './brand/delete-brands.ts'
export { nightlySyncBrandsToCms } from './brand/nightly-sync-brands-to-cms.ts'
export { syncBrandsToCms } from './brand/sync-brands-to-cms.ts'
export { updateBrands } from './brand/update-brands.ts'
export { createBrandCollections } from './collection/create-brand-collections.ts'
export { deleteBrandCollections } from './collection/delete-brand-collections.ts'
export { linkBrandsToCollection } from './collection/link-brands-to-collection.ts'
export { updateBrandCollections } from './collection/update-brand-collections.ts'
export { createProductTags, deleteProductTags, updateProductTags } from './product/product-tags.ts'
export { createRegions, deleteRegions, updateRegions } from './region/regions.ts'
export { setUpShop } from './store/set-up-shop.ts'
export { updateStores } from './store/update-stores.ts'
export {
  createTaxRateRules,
  createTaxRates,
  deleteTaxRateRules,
  deleteTaxRates,
  updateTaxRates,
} from './tax/tax-rates.ts'
export { createTaxRegions, deleteTaxRegions, updateTaxRegions } from './tax/tax-regions.ts'
